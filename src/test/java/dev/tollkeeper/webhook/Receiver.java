package dev.tollkeeper.webhook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** Somebody who is told things: keeps what comes in, and answers as the test wants. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile HttpHandler answer;

    /** What came in. */
    public record Received(String method, String path, com.sun.net.httpserver.Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private Receiver(HttpServer server, HttpHandler answer) {
        this.server = server;
        this.answer = answer;
    }

    /** One that always answers with this status. */
    public static Receiver answering(int status, String... headers) {
        return answering(status(status, headers));
    }

    static Receiver answering(HttpHandler answer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            Receiver receiver = new Receiver(server, answer);
            server.setExecutor(Executors.newCachedThreadPool());
            server.createContext("/", receiver::take);
            server.start();
            return receiver;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** An answer of this status, with headers as name, value, name, value. */
    static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int at = 0; at < headers.length; at += 2) {
                exchange.getResponseHeaders().add(headers[at], headers[at + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(
                new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
                        body));
        try (exchange) {
            answer.handle(exchange);
        }
    }

    /** Answers with this from now on. */
    void answerWith(int status) {
        answer = status(status);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/hooks?for=test";
    }

    /** What came in so far. */
    public List<Received> received() {
        return received;
    }

    /** What came in, once there are so many. */
    public List<Received> await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> received.size() >= count);
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
