package dev.tollkeeper.access.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.TcpRelay;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** The packaged service with a wire to it, for gateways on 127.0.0.1. */
final class Installation implements AutoCloseable {
    private final PackagedService service;
    private final TcpRelay wire;
    private final String managementKey;

    /** A key, and the identity that gateways tell of it. */
    record Key(String id, String secret, Map<String, String> identity) {
    }

    private Installation(PackagedService service) throws IOException {
        this.service = service;
        this.wire = new TcpRelay(service.port());
        this.managementKey = service.printed("Management key");
    }

    static Installation start(Path directory) throws IOException {
        var service = PackagedService.launch(directory, Map.of("TOLLKEEPER_TRUSTED_PROXIES", "127.0.0.1"));
        try {
            return new Installation(service.awaitReady());
        } catch (IOException | RuntimeException failed) {
            service.close();
            throw failed;
        }
    }

    TcpRelay wire() {
        return wire;
    }

    Key key(Map<String, Object> settings) {
        String name = "key " + UUID.randomUUID();
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", name);
        Response created = manage("/api/manage/api-keys", body);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        Response whoami = given().header("X-API-Key", managementKey).get(service.url("/api/auth/whoami"));
        Map<String, String> identity = new HashMap<>(Map.of("x-tollkeeper-key-id", created.path("id"),
                "x-tollkeeper-key-name", name.replace(" ", "%20"), "x-tollkeeper-team-id", whoami.path("team_id"),
                "x-tollkeeper-project-id", whoami.path("project_id"), "x-tollkeeper-user-id", whoami.path("user.id")));
        if (settings.containsKey("scopes")) {
            identity.put("x-tollkeeper-scopes", String.join(" ", created.<java.util.List<String>>path("scopes")));
        }
        return new Key(created.path("id"), created.path("api_key"), identity);
    }

    void revoke(Key key) {
        manage("/api/manage/api-keys/" + key.id() + "/revoke", Map.of()).then().statusCode(200);
    }

    /** Suspends the team of every key, for as long as the work takes. */
    void whileSuspended(Key key, Runnable work) throws IOException {
        String token = given().contentType(ContentType.JSON)
                .body(Map.of("email", service.printed("Admin"), "password", service.printed("Password")))
                .post(service.url("/api/auth/token")).path("access_token");
        String team = service.url("/api/teams/" + key.identity().get("x-tollkeeper-team-id"));
        given().header("Authorization", "Bearer " + token).post(team + "/suspend").then().statusCode(200);
        try {
            work.run();
        } finally {
            given().header("Authorization", "Bearer " + token).post(team + "/unsuspend").then().statusCode(200);
        }
    }

    /** Stops its clock, for as long as the work takes: it takes connections and answers nothing. */
    void whileFrozen(Runnable work) throws IOException, InterruptedException {
        signal("STOP");
        try {
            work.run();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(service.handle().pid())).start().waitFor()).isZero();
    }

    private Response manage(String path, Map<String, Object> body) {
        return given().header("Authorization", "Bearer " + managementKey).contentType(ContentType.JSON).body(body)
                .post(service.url(path));
    }

    @Override
    public void close() {
        wire.cut();
        service.close();
    }
}
