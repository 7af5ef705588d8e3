package dev.tollkeeper.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;

/** What the client does with hosts and receivers that mean no good, or no more than badly. */
class WebhookClientTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String NAME = "hooks.example.test";
    private static final Destinations.Lookup LOCAL = host -> new InetAddress[]{InetAddress.getByName("127.0.0.1")};
    private static final String NOT_PUBLIC = "The URL leads to an address that is not public. Ask the operator whether it may.";

    private final AtomicInteger lookups = new AtomicInteger();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theAddressThatWasCheckedIsTheOneConnectedToAndTheNameIsInTheHostHeader() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given: a name that only the first look-up, the one that is checked, finds
            Destinations.Lookup once = host -> {
                if (lookups.incrementAndGet() > 1) {
                    throw new UnknownHostException(host);
                }
                return new InetAddress[]{InetAddress.getByName("127.0.0.1")};
            };
            // When
            Reply reply = post(client(once, true, 5_000), "http://" + NAME + ":" + receiver.port() + "/hooks?a=%2F");
            // Then
            assertThat(reply).isEqualTo(Reply.answered(200, null));
            assertThat(receiver.received().get(0).header("Host")).isEqualTo(NAME + ":" + receiver.port());
            assertThat(receiver.received().get(0).path()).startsWith("/hooks?a=%2F");
            assertThat(lookups).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "127.1", "0",
            "169.254.169.254"})
    void nothingIsSentToAnAddressThatIsNotPublicHoweverItIsWritten(String host) {
        try (Receiver receiver = Receiver.answering(200)) {
            // When
            Reply reply = post(client(InetAddress::getAllByName, false, 5_000), "http://" + host + ":" + receiver.port() + "/");
            // Then
            assertThat(reply).isEqualTo(Reply.none(NOT_PUBLIC));
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void aNameWithOneAddressThatIsNotPublicIsRefused() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            Destinations.Lookup mixed = host -> new InetAddress[]{InetAddress.getByName("8.8.8.8"),
                    InetAddress.getByName("127.0.0.1")};
            // When
            Reply reply = post(client(mixed, false, 5_000), "http://" + NAME + ":" + receiver.port() + "/");
            // Then
            assertThat(reply).isEqualTo(Reply.none(NOT_PUBLIC));
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void anUnknownNameIsToldSo() {
        // Given
        Destinations.Lookup none = host -> {
            throw new UnknownHostException(host);
        };
        // When
        Reply reply = post(client(none, false, 5_000), "https://" + NAME + "/");
        // Then
        assertThat(reply).isEqualTo(Reply.none("The host's name was not found."));
    }

    @Test
    void aReceiverThatDoesNotAnswerIsCut() throws IOException {
        // Given: it takes connections and says nothing
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            // When
            long began = System.nanoTime();
            Reply reply = post(client(InetAddress::getAllByName, true, 300), "http://127.0.0.1:" + silent.getLocalPort() + "/");
            // Then
            assertThat(reply).isEqualTo(Reply.none("No answer came within the time limit."));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            silent.setSoTimeout(5_000);
            try (var connection = silent.accept()) {
                connection.setSoTimeout(5_000);
                assertThat(connection.getInputStream().readAllBytes())
                        .startsWith("POST".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void aNameThatIsNotAnsweredForIsCut() {
        // Given
        Destinations.Lookup slow = host -> {
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            return new InetAddress[]{InetAddress.getByName("127.0.0.1")};
        };
        // When
        Reply reply = post(client(slow, true, 200), "http://" + NAME + "/");
        // Then
        assertThat(reply).isEqualTo(Reply.none("No answer came within the time limit."));
    }

    @Test
    void anAnswerThatNeverEndsIsCutAndItsStatusCounts() {
        AtomicInteger written = new AtomicInteger();
        try (Receiver receiver = Receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (written.get() < 100_000_000) {
                body.write(new byte[8192]);
                written.addAndGet(8192);
            }
        })) {
            // When
            Reply reply = post(client(InetAddress::getAllByName, true, 10_000), receiver.url());
            // Then
            assertThat(reply).isEqualTo(Reply.answered(200, null));
            assertThat(written).hasValueLessThan(50_000_000);
        }
    }

    @Test
    void anAnswerThatTricklesIsCutWhenTheTimeIsUpAndItsStatusCounts() {
        try (Receiver receiver = Receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            for (int second = 0; second < 100; second++) {
                body.write('x');
                body.flush();
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
        })) {
            // When
            Reply reply = post(client(InetAddress::getAllByName, true, 500), receiver.url());
            // Then
            assertThat(reply).isEqualTo(Reply.answered(200, null));
        }
    }

    @Test
    void aReceiverThatIsNotThereIsToldSo() throws IOException {
        // Given
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        // When
        Reply reply = post(client(InetAddress::getAllByName, true, 5_000), "http://127.0.0.1:" + port + "/");
        // Then
        assertThat(reply).isEqualTo(Reply.none("No connection could be made."));
    }

    @Test
    void theCertificateHasToBeForTheUrlsNameAndTheNameIsAskedFor(@TempDir Path directory) {
        try (TlsReceiver receiver = new TlsReceiver(directory, NAME)) {
            // Given
            WebhookClient trusting = client(LOCAL, true, 5_000, receiver.trusting());
            // When
            Reply itsName = post(trusting, "https://" + NAME + ":" + receiver.port() + "/");
            Reply anotherName = post(trusting, "https://other.example.test:" + receiver.port() + "/");
            Reply untrusted = post(client(LOCAL, true, 5_000), "https://" + NAME + ":" + receiver.port() + "/");
            // Then
            assertThat(itsName).isEqualTo(Reply.answered(200, null));
            assertThat(List.of(anotherName, untrusted)).containsOnly(
                    Reply.none("No TLS connection could be made. Is the certificate valid for the host's name?"));
            assertThat(receiver.askedFor()).containsExactly(NAME);
        }
    }

    @Test
    void eachMessageHasAConnectionOfItsOwn() {
        try (Receiver receiver = Receiver.answering(200)) {
            // Given
            WebhookClient client = client(InetAddress::getAllByName, true, 5_000);
            // When
            List<Reply> replies = List.of(post(client, receiver.url()), post(client, receiver.url()));
            // Then
            assertThat(replies).containsOnly(Reply.answered(200, null));
            assertThat(receiver.received()).allMatch(message -> "close".equals(message.header("Connection")));
        }
    }

    private static WebhookClient client(Destinations.Lookup names, boolean anyAddress, long timeoutMillis) {
        return client(names, anyAddress, timeoutMillis, new HttpClientOptions());
    }

    private static WebhookClient client(Destinations.Lookup names, boolean anyAddress, long timeoutMillis,
            HttpClientOptions options) {
        return new WebhookClient(VERTX, new Destinations(VERTX, names, anyAddress), timeoutMillis, options);
    }

    private static Reply post(WebhookClient client, String url) {
        try {
            return client.post(url, MultiMap.caseInsensitiveMultiMap(), "{}").toCompletionStage().toCompletableFuture().get(20,
                    TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
