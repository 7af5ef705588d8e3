package dev.tollkeeper.key;

import static dev.tollkeeper.key.KeyCalls.KEYS;
import static dev.tollkeeper.key.KeyCalls.verdict;
import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Invariant 3, for the commands that make secrets. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KeyIdempotencyResourceTest {
    private static final String FULL = """
            {"name":"once","expires_at":"%s","metadata":{"b":1.50,"a":"x"},"allowed_ips":["10.0.0.1"],"remaining_uses":3,
             "rate_limit":{"limit":1,"window_seconds":2}}
            """;

    private final TestTeam team = TestTeam.create();

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    /** Seen to fail with the expiry checked before Idempotency.once. */
    @Test
    void creatingNTimesIsCreatingOnce() {
        // Given
        String body = FULL.formatted(java.time.Instant.now().plusSeconds(3600));
        Response first = create("a", body);
        // When: also after the key's expiry, and with the fields in another order
        Response second = create("a", body);
        TestClock.advance(Duration.ofHours(2));
        Response third = create("a", body.replace("\"b\":1.50,\"a\":\"x\"", "\"a\":\"x\",\"b\":1.50"));
        // Then
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(List.of(second.statusCode(), third.statusCode())).containsOnly(201);
        assertThat(List.of(second.asString(), third.asString())).containsOnly(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Cache-Control")).isEqualTo("no-store");
        assertThat(keys()).isEqualTo(1);
        assertThat(KeyCalls.audit(first.path("id"))).hasSize(1);
    }

    /** Seen to fail with the old secrets removed before Idempotency.once in KeyIssueService.rotate. */
    @Test
    void rotatingNTimesIsRotatingOnce() {
        // Given
        var key = KeyCalls.make(team.managementKey());
        String first = rotate(key.id(), "r", "{\"overlap_seconds\":60}").then().statusCode(200).extract().asString();
        // When
        String second = rotate(key.id(), "r", "{\"overlap_seconds\":60}").then().statusCode(200).extract().asString();
        // Then
        assertThat(second).isEqualTo(first);
        assertThat(verdict(key.secret())).isEqualTo("valid");
        assertThat(KeyCalls.audit(key.id())).extracting("action").containsExactly("key.created", "key.rotated");
    }

    @Test
    void theSameKeyWithAnotherPayloadIsAConflict() {
        // Given
        var key = KeyCalls.make(team.managementKey());
        create("a", "{\"name\":\"first\"}").then().statusCode(201);
        rotate(key.id(), "r", "{}").then().statusCode(200);
        // When
        problem(create("a", "{\"name\":\"second\"}").then(), 422, "idempotency_conflict");
        problem(create("a", "{\"name\":\"first\",\"is_management_key\":true}").then(), 422, "idempotency_conflict");
        problem(rotate(key.id(), "r", "{\"overlap_seconds\":1}").then(), 422, "idempotency_conflict");
        problem(rotate(key.id(), "a", "{}").then(), 422, "idempotency_conflict");
        // Then
        assertThat(keys()).isEqualTo(2);
        rotate(key.id(), "r", "{\"overlap_seconds\":0}").then().statusCode(200);
    }

    @Test
    void anotherProjectIsAnotherPayload() {
        // Given
        String second = TestTeam.project(team.id()).toString();
        asUser(team.adminEmail()).queryParam("project_id", team.projectId().toString()).header("Idempotency-Key", "p")
                .body(Map.of("name", "n")).post(KEYS).then().statusCode(201);
        // When
        var response = asUser(team.adminEmail()).queryParam("project_id", second).header("Idempotency-Key", "p")
                .body(Map.of("name", "n")).post(KEYS).then();
        // Then
        problem(response, 422, "idempotency_conflict");
    }

    @Test
    void twoCallersKeysAreNeverConfused() {
        // Given
        create("a", "{\"name\":\"one\"}").then().statusCode(201);
        // When
        var response = asUser(team.adminEmail()).header("Idempotency-Key", "a").body("{\"name\":\"two\"}").post(KEYS).then();
        // Then
        response.statusCode(201);
        assertThat(keys()).isEqualTo(2);
    }

    /** Seen to fail with a record written on a connection of its own before the work. */
    @Test
    void aFailedAttemptUsesUpNothing() {
        // Given
        var taken = KeyCalls.make(team.managementKey(), Map.of("name", "taken"));
        problem(create("f", "{\"name\":\"taken\"}").then(), 400, "duplicate_name");
        as(team.managementKey()).delete(KEYS + "/" + taken.id()).then().statusCode(200);
        // When
        var again = create("f", "{\"name\":\"taken\"}").then();
        // Then
        again.statusCode(201);
        assertThat(verdict(again.extract().path("api_key"))).isEqualTo("valid");
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        // Given
        create("d", "{\"name\":\"today\"}").then().statusCode(201);
        // When
        TestClock.advance(Duration.ofHours(25));
        var response = create("d", "{\"name\":\"tomorrow\"}").then();
        // Then
        response.statusCode(201);
    }

    /** The same from ten at once: one key; the others are told its answer, or that it still runs. */
    @Test
    void tenAtOnceMakeOneKey() throws Exception {
        // When
        List<Response> answers = KeyCalls.inParallel(10, () -> create("p", "{\"name\":\"once\"}"));
        // Then: seen to fail with the advisory lock not heeded in Idempotency
        assertThat(keys()).isEqualTo(1);
        Set<String> created = answers.stream().filter(answer -> answer.statusCode() == 201).map(Response::asString)
                .collect(Collectors.toSet());
        assertThat(created).hasSize(1);
        answers.stream().filter(answer -> answer.statusCode() != 201)
                .forEach(answer -> problem(answer.then(), 409, "idempotency_in_progress"));
        assertThat(create("p", "{\"name\":\"once\"}").asString()).isEqualTo(created.iterator().next());
    }

    @Test
    void whatIsStoredTellsNoSecret() {
        // Given
        String secret = create("s", "{\"name\":\"sealed\"}").path("api_key");
        // When
        byte[] sealed = (byte[]) Database.value("SELECT sealed FROM idempotency_record WHERE team_id = ?", team.id());
        // Then
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain(secret.substring(3, 12))
                .doesNotContain("sealed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"has blank", "ä"})
    void aHeaderThatCannotBeTakenIsRefused(String header) {
        problem(create(header, "{\"name\":\"n\"}").then(), 400, "invalid_request");
    }

    private Response create(String idempotencyKey, String body) {
        return as(team.managementKey()).header("Idempotency-Key", idempotencyKey).body(body).post(KEYS);
    }

    private Response rotate(String id, String idempotencyKey, String body) {
        return as(team.managementKey()).header("Idempotency-Key", idempotencyKey).body(body).post(KEYS + "/" + id + "/rotate");
    }

    private long keys() {
        return (long) Database.value("SELECT count(*) FROM api_key WHERE team_id = ? AND name <> 'management'", team.id());
    }
}
