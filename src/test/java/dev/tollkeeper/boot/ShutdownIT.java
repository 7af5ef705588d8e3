package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A replica that is asked to end, as in each rolling restart. */
class ShutdownIT {
    private static final Duration DELAY = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int ENOUGH = 1000;

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
            assertThat(count(postgres, "SELECT count(*) FROM replica")).as("no other replica waits for it").isZero();
            assertThat(count(postgres, "SELECT count(*) FROM api_key WHERE last_used_at IS NOT NULL AND NOT is_management_key"))
                    .as("the last use is known").isOne();
        }
    }

    /** Over HTTP and gRPC, by clients that nobody told to ask another. */
    @Test
    void whatIsAskedWhileItSaysThatItEndsIsAnswered() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PackagedService service = PackagedService.launch(directory, Replicas.environment(postgres.getPort(),
                        Map.of("TOLLKEEPER_SHUTDOWN_DELAY", DELAY.toSeconds() + "s"))).awaitReady();
                Load load = Load.begin(new MixedCalls(service).clients(), PAUSE)) {
            Awaitility.await().atMost(DELAY).until(() -> asked(load, 0) >= ENOUGH);
            // When
            service.terminate();
            long told = System.nanoTime();
            Awaitility.await().atMost(DELAY.minusSeconds(2)).until(() -> asked(load, told) >= ENOUGH);
            // Then
            assertThat(load.end()).filteredOn(answer -> answer.told().startsWith("0")).isEmpty();
        }
    }

    private static long asked(Load load, long since) {
        return load.count(answer -> answer.atNanos() - since > 0).values().stream().mapToLong(Number::longValue).sum();
    }

    private static long count(EmbeddedPostgres postgres, String query) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet found = connection.createStatement().executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }
}
