package dev.tollkeeper.console;

import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.restassured.response.ExtractableResponse;

/**
 * A team of a test's own, with one project, an admin and a member.
 *
 * @param adminToken to prepare what the admin then sees
 */
record ConsoleTeam(ConsoleInstallation installation, String id, String admin, String member, String adminToken) {
    /** Everybody's. */
    static final String PASSWORD = "correct horse battery staple";

    static ConsoleTeam create(ConsoleInstallation installation) {
        String unique = UUID.randomUUID().toString().substring(24);
        String id = made(installation, "/api/teams", Map.of("name", "Acme " + unique, "currency", "EUR")).path("id");
        made(installation, "/api/projects", Map.of("name", "Production", "team_id", id));
        String admin = user(installation, id, "ada-" + unique + "@acme.example", "admin");
        String member = user(installation, id, "max-" + unique + "@acme.example", "member");
        return new ConsoleTeam(installation, id, admin, member, installation.token(admin, PASSWORD));
    }

    private static String user(ConsoleInstallation installation, String team, String email, String role) {
        made(installation, "/api/users",
                Map.of("email", email, "name", email, "password", PASSWORD, "role", role, "team_id", team));
        return email;
    }

    private static ExtractableResponse<?> made(ConsoleInstallation installation, String path, Map<String, ?> body) {
        return installation.asOperator().body(body).post(installation.url(path)).then().statusCode(201).extract();
    }

    /** A key, made by the admin; its id. */
    String key(String name) {
        return key(name, Map.of());
    }

    String key(String name, Map<String, ?> settings) {
        return issued(name, settings).path("id");
    }

    /** A key, made by the admin, with its secret. */
    ExtractableResponse<?> issued(String name, Map<String, ?> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", name);
        return installation.as(adminToken).body(body).post(installation.url("/api/manage/api-keys")).then().statusCode(201)
                .extract();
    }

    /** Changes settings of a key. */
    void edit(String id, Map<String, ?> settings) {
        installation.as(adminToken).body(settings).put(installation.url("/api/manage/api-keys/" + id)).then().statusCode(200);
    }

    /** The settings of the project as the API tells them. */
    ExtractableResponse<?> settings() {
        return installation.as(adminToken).get(installation.url("/api/manage/project-configs")).then().statusCode(200)
                .extract();
    }

    /** Changes the settings of the project. */
    void changeSettings(Map<String, ?> change) {
        installation.as(adminToken).body(change).put(installation.url("/api/manage/project-configs")).then().statusCode(200);
    }

    /** Reports tokens of a model. */
    void use(String key, String model, String quantity, Instant at) {
        Map<String, String> event = Map.of("id", UUID.randomUUID().toString(), "source", "test", "occurred_at", at.toString(),
                "key_id", key, "meter", "tokens", "model", model, "quantity", quantity);
        installation.as(adminToken).body(Map.of("events", List.of(event))).post(installation.url("/api/usage/events")).then()
                .statusCode(200).body("accepted", equalTo(1));
    }

    /** Gives the team another name. */
    void rename(String name) {
        installation.asOperator().body(Map.of("name", name)).put(installation.url("/api/teams/" + id)).then().statusCode(200);
    }

    /** What a unit of a meter costs from long ago on. */
    void price(String meter, String amount) {
        made(installation, "/api/prices", Map.of("meter", meter, "team_id", id, "type", "per_unit", "unit_price", amount,
                "currency", "EUR", "effective_from", "2020-01-01T00:00:00Z"));
    }

    /** Uses something with a key that costs as much. */
    void spend(String key, String amount) {
        String meter = "meter-" + UUID.randomUUID();
        price(meter, "1");
        Map<String, String> event = Map.of("id", "1", "source", meter, "occurred_at", Instant.now().toString(), "key_id", key,
                "meter", meter,
                "quantity", amount);
        installation.as(adminToken).body(Map.of("events", List.of(event))).post(installation.url("/api/usage/events")).then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    /** A budget of the project, made by the admin; its id. */
    String budget(Map<String, ?> settings) {
        return installation.as(adminToken).body(settings).post(installation.url("/api/budgets")).then().statusCode(201)
                .extract().path("id");
    }

    /** The budgets of the project as the API tells them. */
    ExtractableResponse<?> budgets() {
        return installation.as(adminToken).get(installation.url("/api/budgets")).then().statusCode(200).extract();
    }

    /** Gives credit; its id. */
    String credit(String amount) {
        return made(installation, "/api/team-billing/" + id + "/credits", Map.of("amount", amount, "reason", "top-up"))
                .path("id");
    }

    /** Takes back what is left of credit. */
    void takeBack(String credit) {
        installation.asOperator().delete(installation.url("/api/team-billing/" + id + "/credits/" + credit)).then()
                .statusCode(204);
    }

    /** Ends a key for good. */
    void revoke(String id) {
        installation.as(adminToken).post(installation.url("/api/manage/api-keys/" + id + "/revoke")).then().statusCode(200);
    }

    /** A key as the API tells it. */
    ExtractableResponse<?> keyNow(String id) {
        return installation.as(adminToken).get(installation.url("/api/manage/api-keys/" + id)).then().extract();
    }

    /** What the service answers to a key's secret. */
    int statusOf(String secret) {
        return installation.as(secret).get(installation.url("/api/auth/whoami")).statusCode();
    }
}
