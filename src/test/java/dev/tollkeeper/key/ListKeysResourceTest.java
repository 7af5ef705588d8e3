package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ListKeysResourceTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void keysAreListedInTheOrderTheyWereMadePageByPage() {
        // Given
        for (String name : List.of("c", "a", "b", "d")) {
            make(name);
        }
        List<String> names = new ArrayList<>();
        String cursor = null;
        // When
        do {
            var request = as(team.managementKey()).queryParam("limit", 2);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor)).get(KEYS).then().statusCode(200);
            names.addAll(page.extract().path("api_keys.name"));
            cursor = page.extract().path("next_cursor");
        } while (cursor != null);
        // Then
        assertThat(names).containsExactly("management", "c", "a", "b", "d");
    }

    @Test
    void aListNeverShowsASecret() {
        // Given
        var made = KeyCalls.make(team.managementKey());
        // When
        String list = as(team.managementKey()).get(KEYS).asString();
        // Then
        assertThat(list).contains(made.name()).doesNotContain(made.secret()).doesNotContain("\"api_key\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "status | active | fresh, used, management", "status | disabled | off, off and expired", "status | expired | old",
            "status | revoked | gone", "name | used | used", "name | nothing | ",
            "search | US | used", "search | f | off, off and expired, fresh", "search | % | ", "search | _ | ",
            "search | nothing | ",
            "expires_before | 2021-01-01T00:00:00Z | old, off and expired",
            "expires_before | 2020-01-01T00:00:00Z | ",
            "unused_since | 2026-01-01T00:00:00Z | fresh, old, off, off and expired, gone, management",
            "unused_since | 2026-01-01T00:00:00.000001Z | fresh, old, off, off and expired, gone, used, management"})
    void aListIsFiltered(String filter, String value, String expected) {
        // Given
        make("fresh");
        KeyCalls.set(make("used"), "last_used_at = '2026-01-01T00:00:00Z'");
        KeyCalls.set(make("off"), "enabled = false");
        KeyCalls.set(make("off and expired"), "enabled = false, expires_at = '2020-01-01T00:00:00Z'");
        KeyCalls.set(make("old"), "expires_at = '2020-01-01T00:00:00Z'");
        KeyCalls.set(make("gone"), "enabled = false, revoked_at = now()");
        KeyCalls.set(make("deleted"), "deleted_at = now()");
        // When: as the admin, so that the management key stays unused
        List<String> names = asUser(team.adminEmail()).queryParam(filter, value).get(KEYS).then().statusCode(200)
                .body("next_cursor", nullValue()).extract().path("api_keys.name");
        // Then
        assertThat(names).containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"status | gone", "expires_before | 2021-01-01", "unused_since | 1", "limit | 0",
            "limit | 201",
            "limit | many", "cursor | nonsense", "name | a\tb", "search | a\tb", "search | ' '"})
    void aFilterThatCannotBeTakenIsNamed(String filter, String value) {
        // When
        var response = as(team.managementKey()).queryParam(filter, value).get(KEYS).then();
        // Then
        problem(response, 400, "invalid_request").body("errors.field", hasItem(filter));
    }

    @Test
    void aZeroCharacterInAFilterIsRefused() {
        problem(as(team.managementKey()).urlEncodingEnabled(false).get(KEYS + "?name=a%00").then(), 400, "invalid_request");
    }

    @Test
    void aMemberSeesTheirOwnKeysOnly() {
        // Given
        make("the admin's");
        asUser(team.memberEmail()).body(Map.of("name", "the member's")).post(KEYS).then().statusCode(201);
        // When
        var list = asUser(team.memberEmail()).get(KEYS).then();
        // Then
        list.statusCode(200).body("api_keys.name", equalTo(List.of("the member's")));
        asUser(team.adminEmail()).queryParam("name", "the member's").get(KEYS).then().body("api_keys.size()", equalTo(1));
    }

    @Test
    void aProjectsKeysAreItsOwn() {
        // Given
        var second = TestTeam.project(team.id());
        make("of the first");
        // When
        var list = asUser(team.adminEmail()).queryParam("project_id", second.toString()).get(KEYS).then();
        // Then
        list.statusCode(200).body("api_keys", equalTo(List.of()));
    }

    @Test
    void listingNeedsACredentialAndTheScope() {
        // Given
        var narrow = KeyCalls.make(team.managementKey(),
                Map.of("name", "narrow", "is_management_key", true, "scopes", List.of("keys:write")));
        // When
        problem(asNobody().get(KEYS).then(), 401, "credentials_missing");
        problem(as(narrow.secret()).get(KEYS).then(), 403, "scope_missing");
        // Then
        problem(as(team.ordinaryKey().secret()).get(KEYS).then(), 403, "management_key_required");
    }

    @Test
    void anotherTeamsProjectIsNotFound() {
        problem(as(team.managementKey()).queryParam("project_id", TestTeam.create().projectId().toString()).get(KEYS).then(),
                404,
                "not_found");
    }

    private String make(String name) {
        return asUser(team.adminEmail()).queryParam("project_id", team.projectId().toString()).body(Map.of("name", name))
                .post(KEYS).then().statusCode(201).extract().path("id");
    }
}
