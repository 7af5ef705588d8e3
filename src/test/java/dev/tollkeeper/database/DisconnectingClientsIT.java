package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.EnvoyBytes;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.Way;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Clients that go away in the middle of their request take nothing with them. A few thousand of them; a hundred thousand
 * with {@code -Dtollkeeper.long=true}.
 */
class DisconnectingClientsIT {
    private static final int DISCONNECTS = Boolean.getBoolean("tollkeeper.long") ? 100_000 : 3_000;
    private static final int CLIENTS = 8;
    private static final int POOL_SIZE = 10;
    private static final int KINDS = 10;
    private static final int ENVOY = 8;
    private static final int LONGEST_STAY_MILLIS = 20;

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static PackagedService service;
    private static String secret;
    private static String keyId;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        service = PackagedService.launch(directory, Replicas.environment(postgres.getPort(), Map.of(
                "TOLLKEEPER_DATABASE_POOL_SIZE", Integer.toString(POOL_SIZE), "JAVA_TOOL_OPTIONS", "-Xmx256m"))).awaitReady();
        // Counted uses are looked up, and counted down, with each request.
        var created = management().body(Map.of("name", "counted", "remaining_uses", 1_000_000_000))
                .post(service.url("/api/manage/api-keys"));
        secret = created.path("api_key");
        keyId = created.path("id");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        postgres.close();
    }

    @Test
    void theyLeaveNoConnectionAndNoTransactionBehind() throws Exception {
        // Given
        int threads = metric("jvm_threads_live_threads");
        // When
        disconnect();
        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(metric("sql_pool_active")).as("connections in use").isZero();
            assertThat(metric("sql_pool_queue_size")).as("requests that wait for one").isZero();
            assertThat(metric("http_server_active_requests")).as("requests under way").isLessThanOrEqualTo(1);
            assertThat(backends("state IN ('active', 'idle in transaction', 'idle in transaction (aborted)')")).isZero();
        });
        assertThat(backends("application_name LIKE 'tollkeeper%'")).as("connections and the channel")
                .isLessThanOrEqualTo(POOL_SIZE + 1);
        assertThat(metric("jvm_threads_live_threads")).as("threads, from " + threads).isLessThanOrEqualTo(threads + 30);
        assertThat(service.output()).as("faults").doesNotContain("ERROR");
        everyCallIsAnsweredSoon();
    }

    private static void everyCallIsAnsweredSoon() {
        for (int i = 0; i < 5 * POOL_SIZE; i++) {
            Instant before = Instant.now();
            management().get(service.url("/api/manage/api-keys?limit=1")).then().statusCode(200);
            for (Way way : Way.values()) {
                assertThat(way.ask(service.port(), secret, "127.0.0.1", TestSettings.BOOTSTRAP_KEY)).isEqualTo("valid");
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static void disconnect() throws Exception {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        List<Callable<Integer>> work = IntStream.range(0, CLIENTS)
                .<Callable<Integer>>mapToObj(client -> () -> disconnect(new Random(client), DISCONNECTS / CLIENTS)).toList();
        for (Future<Integer> done : clients.invokeAll(work)) {
            assertThat(done.get()).isEqualTo(DISCONNECTS / CLIENTS);
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    }

    /** Sends requests, stays for a moment, and is gone: half of the time as one that was killed. */
    private static int disconnect(Random random, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", service.port()));
                socket.setSoLinger(random.nextBoolean(), 0);
                int kind = random.nextInt(KINDS);
                socket.getOutputStream().write(request(random, kind));
                stay(random);
                if (kind == ENVOY && random.nextBoolean()) {
                    socket.getOutputStream().write(EnvoyBytes.cancellation());
                    stay(random);
                }
            }
            if (i % KINDS == 0) {
                giveUp(random);
                // Those who do not wait come faster than a service just started can work: that would be another test.
                oneWhoStaysIsAnswered(i);
            }
        }
        return times;
    }

    private static void oneWhoStaysIsAnswered(int i) {
        Way[] ways = Way.values();
        Way way = ways[i / KINDS % ways.length];
        assertThat(way.ask(service.port(), secret, "127.0.0.1", TestSettings.BOOTSTRAP_KEY)).isEqualTo("valid");
    }

    private static void stay(Random random) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_STAY_MILLIS + 1)));
    }

    /** As Envoy does that waits no longer, and keeps the connection. */
    private static void giveUp(Random random) {
        try {
            Envoy.as(secret).ask(service.port(), Duration.ofMillis(1 + random.nextInt(3)));
        } catch (StatusRuntimeException givenUp) {
            assertThat(givenUp.getStatus().getCode()).isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAVAILABLE);
        }
    }

    private static byte[] request(Random random, int kind) {
        String management = "Authorization: Bearer " + TestSettings.BOOTSTRAP_KEY + "\r\n";
        String counted = "X-API-Key: " + secret + "\r\n";
        String path = "/api/manage/api-keys/" + keyId;
        return switch (kind) {
            case 0 -> request("POST /api/keys/verify", management, "{\"key\":\"" + secret + "\",\"ip\":\"127.0.0.1\"}");
            case 1 -> request("GET /api/auth/forward", counted, "");
            case 2 -> request("GET /api/manage/api-keys", management, "");
            case 3 -> request("POST /api/manage/api-keys", management + "Idempotency-Key: " + random.nextLong() + "\r\n",
                    "{\"name\":\"key " + random.nextInt(2000) + "\"}");
            case 4 -> request("PUT " + path, management, "{\"metadata\":{\"n\":" + random.nextInt() + "}}");
            case 5 -> request("POST " + path + "/rotate", management, "{\"overlap_seconds\":-1}");
            case 6 -> request("GET /api/audit?limit=5", management, "");
            case 7 -> request("GET /api/auth/whoami", counted, "");
            case ENVOY -> EnvoyBytes.question(secret);
            default -> request("POST /api/usage/events", management, "{\"events\":[{\"id\":\"" + random.nextLong()
                    + "\",\"source\":\"soak\",\"occurred_at\":\"" + Instant.now() + "\",\"key_id\":\"" + keyId
                    + "\",\"meter\":\"calls\",\"quantity\":1}]}");
        };
    }

    private static byte[] request(String call, String headers, String body) {
        return (call + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static int metric(String name) {
        String metrics = given().get(service.url("/q/metrics")).asString();
        String line = metrics.lines().filter(one -> one.matches(name + "(\\{.*)? \\S+")).findFirst().orElseThrow();
        return (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static long backends(String where) throws SQLException {
        return Postgres.number(postgres, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
                + "AND pid <> pg_backend_pid() AND " + where);
    }
}
