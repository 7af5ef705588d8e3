package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.RelayedPostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 20: with the database gone a key is not called invalid, and nothing needs a restart. */
@QuarkusTest
@QuarkusTestResource(value = RelayedPostgresResource.class, restrictToAnnotatedClass = true)
class DatabaseOutageTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void mend() {
        RelayedPostgresResource.relay().cut();
        RelayedPostgresResource.relay().mend();
    }

    /** Seen to fail (500, then 401) with isUnreachable always false, and with the failure taken for an unknown key. */
    @Test
    void anOutageIsSaidToBeOneAndPassesByItself() {
        // Given
        String key = team.managementKey();
        as(key).get("/api/auth/whoami").then().statusCode(200);
        // When
        RelayedPostgresResource.relay().cut();
        // Then
        problem(as(key).get("/api/auth/whoami").then(), 503, "unavailable");
        problem(as(key).get("/api/auth/forward").then(), 503, "unavailable");
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);
        RelayedPostgresResource.relay().mend();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(key).get("/api/auth/whoami").then().statusCode(200));
    }

    @Test
    void aMalformedKeyNeedsNoDatabase() {
        // Given
        RelayedPostgresResource.relay().cut();
        // When
        var response = as("tk_not_a_key").get("/api/auth/whoami").then();
        // Then: invariant 22, by the checksum a mistyped key costs no query
        problem(response, 401, "key_invalid");
        RelayedPostgresResource.relay().mend();
    }
}
