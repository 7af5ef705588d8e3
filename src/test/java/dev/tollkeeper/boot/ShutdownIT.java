package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.Http2;
import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A replica that is asked to end, as in each rolling restart. */
class ShutdownIT {
    private static final Duration DELAY = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int ENOUGH = 1000;
    private static final int OVER_HTTP2 = 5;

    @TempDir
    Path directory;

    /** Several times, for it may be asked in the middle of anything. */
    @RepeatedTest(3)
    void itLeavesNothingBehindAndComplainsOfNothing() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PackagedService service = PackagedService.launch(directory, Replicas.environment(postgres.getPort(), Map.of()))
                        .awaitReady()) {
            String key = new MixedCalls(service).create(Map.of()).path("api_key");
            given().header("X-API-Key", key).get(service.url("/api/auth/forward")).then().statusCode(200);
            // When
            service.terminate();
            service.awaitEnd();
            // Then
            assertThat(service.output()).contains("stopped in").doesNotContain(" ERROR ", " WARN ");
            assertThat(Postgres.number(postgres, "SELECT count(*) FROM replica")).as("no other replica waits for it").isZero();
            assertThat(Postgres.number(postgres,
                    "SELECT count(*) FROM api_key WHERE last_used_at IS NOT NULL AND NOT is_management_key"))
                    .as("the last use is known").isOne();
        }
    }

    /** Over HTTP/1.1, HTTP/2 and gRPC, by clients that nobody told to ask another. */
    @Test
    void whatIsAskedWhileItSaysThatItEndsIsAnswered() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PackagedService service = PackagedService.launch(directory, Replicas.environment(postgres.getPort(),
                        Map.of("TOLLKEEPER_SHUTDOWN_DELAY", DELAY.toSeconds() + "s"))).awaitReady();
                Http2 proxy = new Http2(service.port());
                Load load = Load.begin(clients(service, proxy), PAUSE)) {
            Awaitility.await().atMost(DELAY).until(() -> asked(load, 0) >= ENOUGH);
            // When
            service.terminate();
            long told = System.nanoTime();
            Awaitility.await().atMost(DELAY.minusSeconds(2)).until(() -> asked(load, told) >= ENOUGH);
            // Then
            assertThat(load.end()).filteredOn(answer -> answer.told().startsWith("0")).isEmpty();
        }
    }

    private static List<Supplier<Call>> clients(PackagedService service, Http2 proxy) {
        var calls = new MixedCalls(service);
        String body = "{\"key\":\"" + calls.create(Map.of()).path("api_key") + "\"}";
        List<Supplier<Call>> clients = new ArrayList<>(calls.clients());
        clients.addAll(Collections.nCopies(OVER_HTTP2, () -> new Call("verify over HTTP/2",
                proxy.post("/api/keys/verify", TestSettings.BOOTSTRAP_KEY, body))));
        return clients;
    }

    private static long asked(Load load, long since) {
        return load.count(answer -> answer.atNanos() - since > 0).values().stream().mapToLong(Number::longValue).sum();
    }
}
