package dev.tollkeeper.http;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class InternalErrorTest {
    private final TestTeam team = TestTeam.create();

    @AfterEach
    void repair() {
        Database.update("ALTER TABLE broken RENAME TO usage_rollup");
    }

    /** The statement that failed names a table and the team's id; nothing of that is told. */
    @Test
    void aFaultOfOursIsSaidToBeOneAndTellsNothingElse() {
        // Given
        Database.update("ALTER TABLE usage_rollup RENAME TO broken");
        // When
        var response = as(team.managementKey()).get("/api/team-billing/summary/" + team.id() + "/2025-01-01/2025-01-02").then();
        // Then
        problem(response, 500, "internal_error");
    }
}
