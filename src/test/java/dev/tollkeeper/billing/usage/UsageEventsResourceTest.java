package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.asOperator;
import static dev.tollkeeper.testsupport.Api.asUser;
import static dev.tollkeeper.testsupport.Api.problem;
import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.send;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Every status that reporting usage can have. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageEventsResourceTest {
    private static final String PATH = "/api/usage/events";
    private static final int MEBIBYTE = 1024 * 1024;

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    private final String meter = Usage.meter();

    @Test
    void usageIsRecordedPricedRolledUpAndDebited() {
        // Given
        UUID price = Usage.price(meter, "0.25");
        Map<String, Object> event = with(with(event(key.id(), meter, "3"), "model", "some-model"), "metadata",
                Map.of("b", 1, "a", "x"));
        // When
        var response = send(team.managementKey(), List.of(event));
        // Then
        response.statusCode(200).body("accepted", equalTo(1)).body("duplicates", equalTo(0)).body("rejected", equalTo(0))
                .body("results[0].id", equalTo(event.get("id"))).body("results[0].status", equalTo("accepted"))
                .body("results[0].code", nullValue()).body("results[0].message", nullValue());
        assertThat(Database.query("SELECT project_id, key_id, user_id, model, provider, price_id, metadata->>'a' AS a "
                + "FROM usage_event WHERE team_id = ?", team.id())).singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("project_id", team.projectId()).containsEntry("key_id", key.id())
                                .containsEntry("user_id", team.adminId()).containsEntry("model", "some-model")
                                .containsEntry("provider", null).containsEntry("price_id", price).containsEntry("a", "x"));
        assertThat(Usage.balance(team)).isEqualByComparingTo("-0.75");
        Books.audit(team.id());
    }

    @Test
    void theProviderIsTheRegistrys() {
        // Given
        Database.update("INSERT INTO registry_provider (id, name, eu_native) VALUES ('usage-test', 'Usage test', true) "
                + "ON CONFLICT DO NOTHING");
        Database.update("INSERT INTO registry_model (id, provider, name) VALUES ('usage-test-model', 'usage-test', 'Model') "
                + "ON CONFLICT DO NOTHING");
        // When
        Usage.record(team.managementKey(), with(event(key.id(), meter, "3"), "model", "usage-test-model"));
        // Then
        assertThat(Books.rollUp(team.id())).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("provider", "usage-test"));
    }

    @Test
    void usageWithoutAPriceIsTakenAndSaysSo() {
        // When
        var response = send(team.managementKey(), List.of(event(key.id(), meter, "3")));
        // Then
        response.statusCode(200).body("accepted", equalTo(1)).body("results[0].status", equalTo("accepted"))
                .body("results[0].code", equalTo("unpriced")).body("results[0].message", containsString("POST /api/prices"));
        assertThat(Usage.balance(team)).isEqualByComparingTo("0");
        Books.audit(team.id());
    }

    @Test
    void aThousandEventsAreTakenAtOnce() {
        // Given
        Usage.price(meter, "0.001");
        List<Map<String, Object>> events = java.util.stream.Stream.generate(() -> event(key.id(), meter, "1")).limit(1000)
                .toList();
        // When
        var response = send(team.managementKey(), events);
        // Then
        response.statusCode(200).body("accepted", equalTo(1000)).body("results.size()", equalTo(1000))
                .body("results.id", equalTo(events.stream().map(event -> event.get("id")).toList()));
        assertThat(Usage.balance(team)).isEqualByComparingTo("-1");
        Books.audit(team.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void theNumberOfEventsHasBounds(int number) {
        // When
        var response = send(team.managementKey(), Collections.nCopies(number, event(key.id(), meter, "1")));
        // Then
        problem(response, 400, "invalid_request").body("errors[0].field", equalTo("events"));
        assertThat(Books.rollUp(team.id())).isEmpty();
    }

    /** Nothing of such a request is stored: the good event beside the fault is not either. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"events\":null}", "{\"events\":{}}", "[]", "", "{\"events\":[GOOD,null]}",
            "{\"events\":[GOOD,1]}", "{\"events\":[GOOD],\"more\":1}", "{\"events\":[GOOD,{\"id\":1}]}",
            "{\"events\":[GOOD,{\"colour\":1}]}", "{\"events\":[GOOD,{\"quantity\":true}]}",
            "{\"events\":[GOOD,{\"quantity\":{}}]}", "{\"events\":[GOOD,{\"quantity\":NaN}]}",
            "{\"events\":[GOOD,{\"occurred_at\":1700000000}]}", "{\"events\":[GOOD,{\"id\":\"a\",\"id\":\"b\"}]}",
            "{\"events\":[GOOD,{\"metadata\":{\"a\":1,\"a\":2}}]}", "{\"events\":[GOOD]", "{\"events\":[GOOD]} {}"})
    void aRequestThatCannotBeReadStoresNothing(String body) {
        // Given
        String good = "{\"id\":\"1\",\"source\":\"s\",\"occurred_at\":\"" + java.time.Instant.now() + "\",\"key_id\":\""
                + key.id()
                + "\",\"meter\":\"" + meter + "\",\"quantity\":1}";
        // When
        var response = as(team.managementKey()).body(body.replace("GOOD", good)).post(PATH).then();
        // Then
        problem(response, 400, "invalid_request");
        assertThat(Database.query("SELECT 1 FROM usage_event WHERE team_id = ?", team.id())).isEmpty();
        assertThat(Database.query("SELECT 1 FROM usage_event_key WHERE team_id = ?", team.id())).isEmpty();
    }

    @Test
    void reportingNeedsAManagementKeyWithItsScope() {
        var events = List.of(event(key.id(), meter, "1"));
        problem(asNobody().body(Map.of("events", events)).post(PATH).then(), 401, "credentials_missing");
        problem(send(key.secret(), events), 403, "management_key_required");
        Database.update("UPDATE api_key SET scopes = '{billing:read}' WHERE name = 'management' AND team_id = ?", team.id());
        problem(send(team.managementKey(), events), 403, "scope_missing");
        assertThat(Books.rollUp(team.id())).isEmpty();
    }

    @Test
    void ofUsersAnAdminReports() {
        // Given
        var body = Map.of("events", List.of(event(key.id(), meter, "1")));
        // Then
        problem(asUser(team.memberEmail()).body(body).post(PATH).then(), 403, "admin_required");
        problem(asUser(TestTeam.create().adminEmail()).body(body).post(PATH + "?project_id=" + team.projectId()).then(), 404,
                "not_found");
        asUser(team.adminEmail()).body(body).post(PATH).then().statusCode(200).body("accepted", equalTo(1));
        asOperator().body(body).post(PATH + "?project_id=" + team.projectId()).then().statusCode(200)
                .body("duplicates", equalTo(1));
        TestTeam.project(team.id());
        problem(asUser(team.adminEmail()).body(body).post(PATH).then(), 400, "invalid_request");
    }

    @Test
    void theBodyMayBeFourMebibytes() {
        // Given
        String blank = " ".repeat(3 * MEBIBYTE);
        String events = "{\"events\":[" + "{\"id\":\"x\"}" + "]}";
        // Then
        as(team.managementKey()).body(blank + events).post(PATH).then().statusCode(200).body("rejected", equalTo(1));
        problem(as(team.managementKey()).body(blank + " ".repeat(MEBIBYTE) + events).post(PATH).then(), 413,
                "payload_too_large");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        problem(as(team.managementKey()).contentType("text/plain").body("x").post(PATH).then(), 415, "unsupported_media_type");
    }
}
