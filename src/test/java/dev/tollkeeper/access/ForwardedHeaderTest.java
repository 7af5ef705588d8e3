package dev.tollkeeper.access;

import static dev.tollkeeper.testsupport.Api.asNobody;
import static dev.tollkeeper.testsupport.Api.problem;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;

/** Invariant 21 where the proxies speak by {@code Forwarded} (RFC 7239): that is believed, by each way, and nothing else. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class ForwardedHeaderTest {
    private static final String CLIENT = "203.0.113.7";

    private final TestKey key = restricted();

    private static TestKey restricted() {
        TestKey key = TestTeam.create().ordinaryKey();
        Database.update("UPDATE api_key SET allowed_ips = ARRAY[?] WHERE id = ?", CLIENT, key.id());
        return key;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/forward", "/api/auth/whoami"})
    void itAloneIsBelievedOverHttp(String path) {
        get(path, "Forwarded", "for=" + CLIENT).statusCode(200);
        problem(get(path, "X-Forwarded-For", CLIENT), 401, "ip_not_allowed");
        problem(get(path, "Forwarded", "for=" + CLIENT + ", for=198.51.100.1"), 401, "ip_not_allowed");
        get(path, "Forwarded", "for=198.51.100.1, for=" + CLIENT).statusCode(200);
    }

    @Test
    void itAloneIsBelievedOfEnvoy() {
        Envoy.as(key.secret()).header("forwarded", "for=" + CLIENT).ask().upstreamHeaders(Map.of());
        Envoy.as(key.secret()).header("x-forwarded-for", CLIENT).ask().refused(401, "ip_not_allowed");
        Envoy.as(key.secret()).header("forwarded", "for=" + CLIENT + ", for=198.51.100.1").ask().refused(401, "ip_not_allowed");
    }

    private ValidatableResponse get(String path, String header, String value) {
        return asNobody().header("X-API-Key", key.secret()).header(header, value).get(path).then();
    }
}
