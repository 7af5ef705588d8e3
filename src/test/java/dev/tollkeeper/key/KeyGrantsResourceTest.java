package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.key.KeyCalls.put;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.key.KeyCalls.Made;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * No key grants more than its maker has. Seen to fail, each case of the rule it is about, with the refusals taken out of
 * KeyGrants.requireScopes, requireExpiry and requireAddresses.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyGrantsResourceTest {
    private final TestTeam team = TestTeam.create();
    private Made narrow;
    private Made wide;

    @BeforeEach
    void makeKeys() {
        narrow = KeyCalls.make(team.managementKey(),
                Map.of("name", "narrow", "is_management_key", true, "scopes",
                        List.of("keys:read", "keys:write"), "expires_at", "2090-01-01T00:00:00Z", "allowed_ips",
                        List.of("127.0.0.0/8", "10.0.0.0/8")));
        wide = KeyCalls.make(team.managementKey(), Map.of("name", "wide", "is_management_key", true));
    }

    private static final String WITHIN = "\"name\":\"n\",\"expires_at\":\"2090-01-01T00:00:00Z\",\"allowed_ips\":[\"10.1.0.0/16\"]";

    @ParameterizedTest
    @ValueSource(strings = {"\"is_management_key\":true,\"scopes\":[\"keys:write\",\"billing:read\"]," + WITHIN,
            "\"is_management_key\":true," + WITHIN, "\"name\":\"n\",\"allowed_ips\":[\"10.1.0.0/16\"]",
            "\"name\":\"n\",\"allowed_ips\":[\"10.1.0.0/16\"],\"expires_at\":\"2090-01-01T00:00:00.000001Z\"",
            "\"name\":\"n\",\"expires_at\":\"2089-01-01T00:00:00Z\"",
            "\"name\":\"n\",\"expires_at\":\"2089-01-01T00:00:00Z\",\"allowed_ips\":[\"10.0.0.1\",\"11.0.0.1\"]"})
    void aNewKeyCannotHaveMoreThanItsMaker(String fields) {
        // When
        var response = as(narrow.secret()).body("{" + fields + "}").post(KEYS).then();
        // Then
        problem(response, 403, "grant_exceeds_creator");
        assertThat(Database.query("SELECT 1 FROM api_key WHERE name = 'n' AND team_id = ?", team.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {WITHIN, "\"is_management_key\":true,\"scopes\":[\"keys:write\"]," + WITHIN,
            "\"scopes\":[\"billing:read\"]," + WITHIN})
    void aNewKeyCanHaveWhatItsMakerHas(String fields) {
        as(narrow.secret()).body("{" + fields + "}").post(KEYS).then().statusCode(201);
    }

    @Test
    void aMemberCannotGiveAnAdminsScopes() {
        // When
        problem(asUser(team.memberEmail()).body(Map.of("name", "m", "is_management_key", true)).post(KEYS).then(), 403,
                "grant_exceeds_creator");
        problem(asUser(team.memberEmail())
                .body(Map.of("name", "m", "is_management_key", true, "scopes", List.of("users:write")))
                .post(KEYS).then(), 403, "grant_exceeds_creator");
        // Then: a user is not bound by an expiry or addresses
        asUser(team.memberEmail()).body(Map.of("name", "m", "is_management_key", true, "scopes", List.of("keys:read")))
                .post(KEYS).then()
                .statusCode(201).body("created_by", equalTo(team.memberId().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"scopes\":[\"keys:write\",\"keys:read\",\"users:read\"]}", "{\"scopes\":null}",
            "{\"expires_at\":null}", "{\"expires_at\":\"2091-01-01T00:00:00Z\"}", "{\"allowed_ips\":[]}",
            "{\"allowed_ips\":[\"10.0.0.0/7\"]}"})
    void anEditCannotGiveMoreThanItsEditorHas(String body) {
        // Given
        var other = KeyCalls.make(team.managementKey(), Map.of("name", "other", "is_management_key", true, "scopes",
                List.of("keys:read"), "expires_at", "2089-01-01T00:00:00Z", "allowed_ips", List.of("10.0.0.1")));
        // When
        var response = put(narrow.secret(), other.id(), body);
        // Then
        problem(response, 403, "grant_exceeds_creator");
        problem(put(narrow.secret(), narrow.id(), body), 403, "grant_exceeds_creator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"renamed\"}", "{\"enabled\":false}", "{\"enabled\":true}", "{\"remaining_uses\":5}",
            "{\"scopes\":[\"users:write\",\"keys:read\"]}", "{\"expires_at\":\"2095-01-01T00:00:00Z\"}",
            "{\"allowed_ips\":[\"192.0.2.0/24\"]}"})
    void aWiderKeyMayBeEditedWhereThatAddsNothing(String body) {
        put(narrow.secret(), wide.id(), body).statusCode(200);
    }

    @Test
    void whoRotatesAKeyHoldsItsSecretAndSoNeedsWhatItHas() {
        // Given
        var equal = KeyCalls.make(narrow.secret(),
                Map.of("name", "equal", "is_management_key", true, "scopes", List.of("keys:read"),
                        "expires_at", "2090-01-01T00:00:00Z", "allowed_ips", List.of("10.0.0.0/8")));
        // When
        var response = KeyCalls.post(narrow.secret(), wide.id(), "rotate", "{}");
        // Then
        problem(response, 403, "grant_exceeds_creator");
        assertThat(KeyCalls.verdict(wide.secret())).isEqualTo("valid");
        KeyCalls.post(narrow.secret(), equal.id(), "rotate", "{}").statusCode(200);
        KeyCalls.post(narrow.secret(), narrow.id(), "rotate", "{}").statusCode(200);
    }

    @Test
    void rulesThatCannotBeReadAreNoWayToMore() {
        // Given
        KeyCalls.set(wide.id(), "allowed_ips = '{garbage}'");
        // When
        problem(put(narrow.secret(), wide.id(), "{\"allowed_ips\":[]}"), 403, "grant_exceeds_creator");
        // Then
        put(team.managementKey(), wide.id(), "{\"allowed_ips\":[]}").statusCode(200);
    }
}
