package dev.tollkeeper.database;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.RelayedPostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.grpc.Status;
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

    @Test
    void knownKeysAreServedForAWhileAndNoLonger() {
        // Given
        String known = team.managementKey();
        String revoked = used(team.ordinaryKey(), "revoked_at = now()", 401);
        String unknown = team.ordinaryKey().secret();
        as(known).get("/api/auth/whoami").then().statusCode(200);
        // When
        RelayedPostgresResource.relay().cut();
        // Then
        as(known).get("/api/auth/whoami").then().statusCode(200);
        as(known).get("/api/auth/forward").then().statusCode(200);
        problem(as(revoked).get("/api/auth/forward").then(), 401, "key_revoked");
        problem(as(unknown).get("/api/auth/forward").then(), 503, "unavailable");
        assertThat(Envoy.as(known).ask().code()).isEqualTo("valid");
        Envoy.as(revoked).ask().refused(401, "key_revoked");
        // A denial, which Envoy never lets pass, where it might an error.
        assertThat(Envoy.as(unknown).ask().refused(503, "unavailable").response().getStatus().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE.value());
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);
        Awaitility.await().atMost(RelayedPostgresResource.MAX_STALE.plusSeconds(3))
                .untilAsserted(() -> problem(as(known).get("/api/auth/forward").then(), 503, "unavailable"));
        Envoy.as(known).ask().refused(503, "unavailable");
        RelayedPostgresResource.relay().mend();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(unknown).get("/api/auth/forward").then().statusCode(200));
        assertThat(Envoy.as(unknown).ask().code()).isEqualTo("valid");
        as(known).get("/api/auth/whoami").then().statusCode(200);
    }

    /** A database that takes connections and never answers. Seen to fail (500) while the time limit's failure was not taken for an outage. */
    @Test
    void aFrozenDatabaseHangsNoVerification() {
        // Given
        String known = used(team.ordinaryKey(), "enabled = true", 200);
        String unknown = team.ordinaryKey().secret();
        // When
        RelayedPostgresResource.relay().freeze();
        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).during(Duration.ofSeconds(1))
                .untilAsserted(() -> as(known).get("/api/auth/forward").then().statusCode(200).time(lessThan(2000L)));
        problem(as(unknown).get("/api/auth/forward").then(), 503, "unavailable").time(lessThan(3000L));
        Envoy.as(unknown).ask().refused(503, "unavailable");
        RelayedPostgresResource.relay().cut();
        RelayedPostgresResource.relay().mend();
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(unknown).get("/api/auth/forward").then().statusCode(200));
    }

    private static String used(TestKey key, String change, int status) {
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
        as(key.secret()).get("/api/auth/forward").then().statusCode(status);
        return key.secret();
    }

    @Test
    void aMalformedKeyNeedsNoDatabase() {
        // Given
        RelayedPostgresResource.relay().cut();
        // When
        var response = as("tk_not_a_key").get("/api/auth/whoami").then();
        var verdict = Envoy.as("tk_not_a_key").ask();
        // Then: invariant 22, by the checksum a mistyped key costs no query
        problem(response, 401, "key_invalid");
        verdict.refused(401, "key_invalid");
        RelayedPostgresResource.relay().mend();
    }
}
