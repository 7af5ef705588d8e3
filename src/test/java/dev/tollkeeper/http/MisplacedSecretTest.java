package dev.tollkeeper.http;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 13 where a client itself puts its key where none belongs. Traces and logs are searched by NoSecretLeaksIT. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MisplacedSecretTest {
    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();

    /** Seen to fail with the plain path and the plain User-Agent in the audit entry. */
    @Test
    void theAuditLogKeepsNoKeyThatStoodInAPathOrUserAgent() {
        // When
        var refused = as(key.secret()).header("User-Agent", "client/" + key.secret()).queryParam("api_key", key.secret())
                .get("/api/team-billing/" + key.secret() + "/invoices/preview").then();
        // Then
        problem(refused, 403, "management_key_required");
        List<?> entries = Database.query("SELECT * FROM audit_entry WHERE team_id = ?", team.id());
        assertThat(entries).hasSize(1);
        assertThat(entries.toString()).doesNotContain(key.secret().substring(0, 20)).contains("client/tk_…");
    }

    /** Seen to fail with any id taken that has the accepted characters. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/whoami", "/api/auth/forward", "/api/projects"})
    void aKeyIsNoRequestId(String path) {
        // When
        var response = as(team.managementKey()).header("X-Request-Id", key.secret()).get(path).then();
        // Then
        assertThat(response.statusCode(200).extract().header("X-Request-Id")).isNotBlank().doesNotContain(key.secret());
    }

    /** Seen to fail with the name of an unknown field repeated as it came. */
    @Test
    void noErrorRepeatsAKey() {
        // When: a path, a query and body fields that nothing takes
        var unknownPath = as(key.secret()).get("/api/" + key.secret()).then();
        var badCursor = as(team.managementKey()).queryParam("timezone", key.secret())
                .get("/api/team-billing/summary/" + team.id() + "/2025-01-01/2025-01-02").then();
        var badAddress = as(team.managementKey()).body(Map.of("key", key.secret(), "ip", key.secret())).post("/api/keys/verify")
                .then();
        var badField = as(team.managementKey()).body(Map.of("key", "x", key.secret(), "x")).post("/api/keys/verify").then();
        // Then
        problem(unknownPath, 404, "not_found");
        problem(badAddress, 400, "invalid_request");
        problem(badField, 400, "invalid_request");
        problem(badCursor, 400, "invalid_request");
    }

    /** Traces keep what Jackson says of these. NoSecretLeaksIT searches them. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"KEY\":1}", "{\"KEY\":1,\"KEY\":2}", "{\"name\":KEY}", "KEY", "\"KEY\"", "[\"KEY\"]",
            "{\"name\":\"x\",\"rate_limit\":\"KEY\"}", "{\"name\":\"x\",\"expires_at\":\"KEY\"}", "{\"name\":{\"KEY\":1}}",
            "{\"name\":\"x\"} KEY"})
    void noErrorRepeatsAKeyOfABodyThatCannotBeRead(String body) {
        // When
        var refused = as(team.managementKey()).contentType("application/json").body(body.replace("KEY", key.secret()))
                .post("/api/manage/api-keys").then();
        // Then
        assertThat(problem(refused, 400, "invalid_request").extract().asString()).doesNotContain(key.secret());
    }
}
