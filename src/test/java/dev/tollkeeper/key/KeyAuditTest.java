package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.key.KeyCalls.put;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Every change of a key is told to the audit log, and never a secret. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyAuditTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void everyChangeIsToldAndNoSecret() {
        // Given
        var key = KeyCalls.make(team.managementKey(), Map.of("name", "audited", "metadata", Map.of("n", 1)));
        // When
        put(team.managementKey(), key.id(), "{\"name\":\"renamed\",\"remaining_uses\":5,\"metadata\":{\"n\":2}}")
                .statusCode(200);
        String next = KeyCalls.post(team.managementKey(), key.id(), "rotate", "{\"overlap_seconds\":60}").extract()
                .path("api_key");
        as(team.managementKey()).delete(KEYS + "/" + key.id() + "/previous-secret").then().statusCode(200);
        KeyCalls.post(team.managementKey(), key.id(), "revoke", "{}").statusCode(200);
        as(team.managementKey()).delete(KEYS + "/" + key.id()).then().statusCode(200);
        // Then
        List<Map<String, Object>> entries = KeyCalls.audit(key.id());
        assertThat(entries).extracting("action").containsExactly("key.created", "key.updated", "key.rotated",
                "key.previous_secret_ended", "key.revoked", "key.deleted");
        assertThat(entries.get(0).get("changes").toString()).contains("\"name\": \"audited\"", "\"is_management_key\": false");
        assertThat(entries.get(1).get("changes").toString()).contains("\"name\": {\"to\": \"renamed\", \"from\": \"audited\"}",
                "\"remaining_uses\": {\"to\": 5, \"from\": null}", "\"metadata\": {\"to\": {\"n\": 2}, \"from\": {\"n\": 1}}")
                .doesNotContain("scopes");
        assertThat(entries.get(2).get("changes").toString()).contains("\"overlap_seconds\": 60");
        assertThat(entries.toString()).doesNotContain(key.secret().substring(3, 12)).doesNotContain(next.substring(3, 12));
    }

    @Test
    void whatWasRefusedChangedNothingAndIsNotToldAsDone() {
        // Given
        var key = KeyCalls.make(team.managementKey());
        KeyCalls.make(team.managementKey(), Map.of("name", "taken"));
        // When
        problem(put(team.managementKey(), key.id(), "{\"name\":\"taken\"}"), 400, "duplicate_name");
        // Then
        assertThat(KeyCalls.audit(key.id())).extracting("action").containsExactly("key.created");
    }

    @Test
    void nothingThatCarriesASecretPrintsIt() {
        // Given
        var issued = new IssuedKey(new KeyDetails(java.util.UUID.randomUUID(), "n", java.time.Instant.EPOCH, false, "abcd",
                KeyStatus.ACTIVE, true, List.of(), List.of(), null, null, null, Metadata.NONE, null, null,
                java.util.UUID.randomUUID(), null),
                "tk_secret");
        // When
        String printed = issued + " " + new IssuedKeyAnswer(KeyAnswer.of(issued.key()), issued.secret());
        // Then
        assertThat(printed).doesNotContain("tk_secret");
    }
}
