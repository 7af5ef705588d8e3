package dev.tollkeeper.boot;

import static dev.tollkeeper.testsupport.Replicas.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A pepper is replaced as docs/operations/peppers.md says, with no key re-issued. */
class PepperRotationIT {
    private static final String OLD = TestSettings.PEPPER;
    private static final String NEW = "5d1f0b7ac3e2948607f5a1b9d8c4e3720f6a9b8c7d5e1f02";
    private static final String KEYS = "/api/manage/api-keys";

    @TempDir
    Path directory;

    private EmbeddedPostgres postgres;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    /**
     * Seen to fail with KeyLookup not telling KeyRehash, with the pair that signs user tokens left under the old pepper, and with
     * webhooks' secrets not sealed anew at the start.
     */
    @Test
    void keysTokensAndWebhooksOutliveThePepperTheyWereMadeUnder() throws Exception {
        // Given
        String used;
        String unused;
        String beforeRotation;
        String token;
        String webhook;
        String sealed;
        try (PackagedService service = launch(OLD)) {
            used = create(service, "used").path("api_key");
            unused = create(service, "unused").path("api_key");
            beforeRotation = create(service, "rotated").path("api_key");
            token = given().contentType(ContentType.JSON)
                    .body(Map.of("email", TestSettings.OPERATOR_EMAIL, "password", TestSettings.PASSWORD))
                    .post(service.url("/api/auth/token")).then().statusCode(200).extract().path("access_token");
            webhook = management().body(Map.of("url", "https://hooks.invalid", "types", List.of("balance.low")))
                    .post(service.url("/api/webhooks")).then().statusCode(201).extract().path("id");
            sealed = sealedSecret();
            assertThat(service.output()).doesNotContain("pepper");
        }
        String afterRotation;
        // When: the new pepper comes in front
        try (PackagedService service = launch(NEW + ',' + OLD)) {
            Awaitility.await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.output().contains("4 secrets of keys are under the older pepper"));
            given().get(service.url("/q/metrics")).then()
                    .body(containsString("tollkeeper_old_pepper_secrets{configured=\"true\""));
            afterRotation = management().body(Map.of("overlap_seconds", 3600))
                    .post(service.url(KEYS + '/' + id(service, "rotated") + "/rotate")).then().statusCode(200).extract()
                    .path("api_key");
            // Then: nobody notices
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                assertValid(service, used);
                assertValid(service, beforeRotation);
                assertValid(service, afterRotation);
                return peppersOfKeysOtherThan("unused") == 1 && !sealed.equals(sealedSecret());
            });
        }
        // ... not even when the old one goes, but for the key that was not used meanwhile
        try (PackagedService service = launch(NEW)) {
            assertValid(service, used);
            assertValid(service, beforeRotation);
            assertValid(service, afterRotation);
            given().header("X-API-Key", unused).get(service.url("/api/auth/forward")).then().statusCode(401).body("code",
                    equalTo("key_invalid"));
            given().header("Authorization", "Bearer " + token).get(service.url("/api/auth/whoami")).then().statusCode(200);
            management().post(service.url("/api/webhooks/" + webhook + "/test")).then().statusCode(200).body("last_error",
                    equalTo("The host's name was not found."));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> service.output()
                    .matches(
                            "(?s).*1 secrets of keys are under pepper [0-9a-f]{12}, which TOLLKEEPER_KEY_PEPPERS does not hold.*"));
        }
    }

    /** How many peppers the secrets of all keys but one are under. */
    private long peppersOfKeysOtherThan(String name) throws Exception {
        return Postgres.number(postgres, "SELECT count(DISTINCT pepper_id) FROM api_key_secret s JOIN api_key k "
                + "ON k.id = s.key_id WHERE k.name <> '" + name + "'");
    }

    private String sealedSecret() throws Exception {
        return Postgres.value(postgres, "SELECT sealed_secret FROM webhook");
    }

    private static void assertValid(PackagedService service, String secret) {
        management().body(Map.of("key", secret)).post(service.url("/api/keys/verify")).then().statusCode(200).body("code",
                equalTo("valid"));
        given().header("X-API-Key", secret).get(service.url("/api/auth/forward")).then().statusCode(200);
    }

    private static Response create(PackagedService service, String name) {
        Response created = management().body(Map.of("name", name)).post(service.url(KEYS));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    private static String id(PackagedService service, String name) {
        return management().queryParam("name", name).get(service.url(KEYS)).path("api_keys[0].id");
    }

    private PackagedService launch(String peppers) throws Exception {
        return PackagedService.launch(directory,
                Replicas.environment(postgres.getPort(), Map.of("TOLLKEEPER_KEY_PEPPERS", peppers))).awaitReady();
    }
}
