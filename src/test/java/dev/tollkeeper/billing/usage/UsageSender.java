package dev.tollkeeper.billing.usage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

import org.awaitility.Awaitility;

import dev.tollkeeper.testsupport.BilledTeams;
import dev.tollkeeper.testsupport.BilledTeams.Team;
import io.restassured.path.json.JsonPath;

/** A program that reports usage as it should: it sends the same events again until it is told that they are stored. */
final class UsageSender {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final String name;
    private final Team team;
    private final IntSupplier port;
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong acknowledged = new AtomicLong();
    private final Thread thread = new Thread(this::send);
    private volatile boolean isFinishing;
    private volatile String wrong;

    UsageSender(String name, Team team, IntSupplier port) {
        this.name = name;
        this.team = team;
        this.port = port;
    }

    Team team() {
        return team;
    }

    /** How many events were acknowledged so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Every event that it sent: its source, id and quantity. */
    List<String> all() {
        return List.copyOf(all);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until so many more are acknowledged. */
    void awaitAcknowledged(int more) {
        long enough = acknowledged.get() + more;
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .failFast("it was told something wrong: " + name, () -> wrong != null)
                .until(() -> acknowledged.get() >= enough);
    }

    /** Has what it sends now acknowledged, and ends. */
    void finish(Duration patience) throws InterruptedException {
        isFinishing = true;
        thread.join(patience.toMillis());
        if (thread.isAlive() || wrong != null) {
            throw new AssertionError(name + ": " + (wrong == null ? "still not acknowledged" : wrong));
        }
    }

    private void send() {
        int number = 0;
        while (!isFinishing && wrong == null) {
            int size = 1 + number % 20;
            String source = name + "-" + number++;
            StringBuilder events = new StringBuilder();
            for (int event = 1; event <= size; event++) {
                all.add(source + '/' + event + '/' + event);
                events.append(event == 1 ? "" : ",").append("""
                        {"source":"%s","id":"%d","occurred_at":"%s","key_id":"%s","meter":"%s","quantity":%d}"""
                        .formatted(source, event, Instant.now(), team.keyId(), BilledTeams.METER, event));
            }
            sendUntilAcknowledged("{\"events\":[" + events + "]}", size);
        }
    }

    private void sendUntilAcknowledged(String body, int size) {
        while (wrong == null) {
            HttpResponse<String> answer = answer(body);
            if (answer != null && answer.statusCode() == 200) {
                JsonPath receipt = JsonPath.from(answer.body());
                if (receipt.getInt("accepted") + receipt.getInt("duplicates") == size) {
                    acknowledged.addAndGet(size);
                } else {
                    wrong = answer.body();
                }
                return;
            }
            if (answer != null && answer.statusCode() != 503) {
                wrong = answer.statusCode() + " " + answer.body();
                return;
            }
            pause();
        }
    }

    /** Null where there was none. */
    private HttpResponse<String> answer(String body) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + "/api/usage/events"))
                    .header("Authorization", "Bearer " + team.secret()).header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            return null;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
