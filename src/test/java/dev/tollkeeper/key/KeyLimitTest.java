package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Api.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;

/** Invariant 23: the limit on the number of a project's keys is exact under any concurrency. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class KeyLimitTest {
    private static final int LIMIT = OperatorsChoices.KEYS_PER_PROJECT;

    private final TestTeam team = TestTeam.create();
    private final UUID project = TestTeam.project(team.id());

    /** Seen to fail without the lock on the project in ApiKeyRepository.lockProject. */
    @Test
    void fiftyParallelCreatesLeaveExactlyTenKeys() throws Exception {
        // Given
        token(team.adminEmail());
        // When
        List<Response> answers = KeyCalls.inParallel(50, this::create);
        // Then
        assertThat(live()).isEqualTo(LIMIT);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201)).hasSize(LIMIT);
        answers.stream().filter(answer -> answer.statusCode() != 201)
                .forEach(answer -> problem(answer.then(), 400, "key_limit_reached"));
    }

    @Test
    void revokedAndDeletedKeysDoNotCount() {
        // Given
        String first = create().path("id");
        String second = create().path("id");
        for (int i = 2; i < LIMIT; i++) {
            create().then().statusCode(201);
        }
        problem(create().then(), 400, "key_limit_reached");
        // When
        caller().delete(KEYS + "/" + first).then().statusCode(200);
        create().then().statusCode(201);
        problem(create().then(), 400, "key_limit_reached");
        caller().body("{}").post(KEYS + "/" + second + "/revoke").then().statusCode(200);
        // Then
        create().then().statusCode(201);
        problem(create().then(), 400, "key_limit_reached");
    }

    private Response create() {
        return caller().body(Map.of("name", KeyCalls.unique())).post(KEYS);
    }

    private io.restassured.specification.RequestSpecification caller() {
        return asUser(team.adminEmail()).queryParam("project_id", project.toString());
    }

    private long live() {
        return (long) Database.value(
                "SELECT count(*) FROM api_key WHERE project_id = ? AND revoked_at IS NULL AND deleted_at IS NULL",
                project);
    }
}
