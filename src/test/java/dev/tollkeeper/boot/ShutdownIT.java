package dev.tollkeeper.boot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Map;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A replica that is asked to end, as in each rolling restart. */
class ShutdownIT {
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

    private static long count(EmbeddedPostgres postgres, String query) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                ResultSet found = connection.createStatement().executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }
}
