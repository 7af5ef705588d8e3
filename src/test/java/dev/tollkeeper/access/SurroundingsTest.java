package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * What keys of a project have in common is remembered once for all of them: a change of it reaches also a key that is used
 * for the first time. Each seen to fail with surroundings that depend on nothing.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SurroundingsTest {
    private final TestTeam team = TestTeam.create();
    private final TestTeam.TestKey unused = team.ordinaryKey();

    @BeforeEach
    void useAnotherKeyOfTheProject() {
        as(team.ordinaryKey().secret()).get("/api/auth/forward").then().statusCode(200);
    }

    @Test
    void aSuspendedTeam() {
        // When
        Database.update("UPDATE team SET status = 'suspended' WHERE id = ?", team.id());
        // Then
        problem(as(unused.secret()).get("/api/auth/forward").then(), 403, "team_suspended");
    }

    @Test
    void aDeletedProject() {
        // When
        Database.update("UPDATE project SET deleted_at = now() WHERE id = ?", team.projectId());
        // Then
        problem(as(unused.secret()).get("/api/auth/forward").then(), 401, "key_invalid");
    }

    @Test
    void aNewRole() {
        // When
        Database.update("UPDATE membership SET role = 'member' WHERE user_id = ?", team.adminId());
        // Then
        as(unused.secret()).get("/api/auth/whoami").then().statusCode(200).body("user.role", equalTo("member"));
    }

    @Test
    void aTeamThatPaysInAdvance() {
        // When
        Database.update("UPDATE team SET billing_mode = 'prepaid' WHERE id = ?", team.id());
        // Then
        problem(as(unused.secret()).get("/api/auth/forward").then(), 402, "insufficient_balance");
    }

    @Test
    void aTeamThatOwesAsMuchAsItMay() {
        // When
        Database.update("UPDATE team SET credit_limit = 0 WHERE id = ?", team.id());
        // Then
        problem(as(unused.secret()).get("/api/auth/forward").then(), 402, "insufficient_balance");
    }
}
