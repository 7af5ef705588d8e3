package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.access.Heard;
import dev.tollkeeper.testsupport.RelayedPostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Way;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Invariant 20 for whoever sets {@code tollkeeper.cache.max-stale} to 0: nothing is let through without the database. */
@QuarkusTest
@TestProfile(NoStaleKeysTest.NoStaleKeys.class)
@QuarkusTestResource(value = RelayedPostgresResource.class, restrictToAnnotatedClass = true)
class NoStaleKeysTest {
    /** The setting. */
    public static class NoStaleKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tollkeeper.cache.max-stale", "0s");
        }
    }

    private final TestTeam team = TestTeam.create();

    @AfterEach
    void mend() {
        RelayedPostgresResource.relay().cut();
        RelayedPostgresResource.relay().mend();
        Heard.again();
    }

    /** Seen to fail with max-age not bounded by max-stale in Freshness. */
    @Test
    void withoutTheDatabaseEveryKeyIsRefusedAtOnce() {
        // Given
        as(team.managementKey()).get("/api/auth/whoami").then().statusCode(200);
        // When
        RelayedPostgresResource.relay().cut();
        // Then
        for (Way way : Way.values()) {
            assertThat(way.ask(RestAssured.port, team.managementKey(), "127.0.0.1", team.managementKey())).as(way.name())
                    .isEqualTo("unavailable");
        }
        problem(as(team.managementKey()).get("/api/auth/whoami").then(), 503, "unavailable");
    }
}
