package dev.tollkeeper.team.token;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Users who sign in somewhere else: the test is the identity provider. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OutsideIssuerTest.WithProvider.class)
class OutsideIssuerTest {
    private static final String ISSUER = "https://login.example.test/";
    private static final KeyPair PROVIDER = pair();
    private static final HttpServer SERVER = serve();

    private final TestTeam team = TestTeam.create();

    /** The service as an operator with an identity provider configures it. */
    public static class WithProvider implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tollkeeper.tokens.external.issuer", ISSUER, "tollkeeper.tokens.external.jwks-url",
                    "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/jwks", "tollkeeper.tokens.external.audience",
                    "tollkeeper");
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop(0);
    }

    @Test
    void theProvidersTokenNamesAUserHere() {
        // When
        var response = as(sign(claims(team.adminEmail()), PROVIDER)).get("/api/auth/whoami").then();
        // Then
        response.statusCode(200).body("user.email", equalTo(team.adminEmail())).body("user.role", equalTo("admin"));
    }

    @Test
    void aTokenThatTheProviderDidNotSignIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()), pair())).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void aTokenForAnotherServiceIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()).audience("another"), PROVIDER)).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void anUnverifiedAddressIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()).claim("email_verified", false), PROVIDER)).get("/api/auth/whoami")
                .then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void anExpiredTokenSaysSo() {
        // Given
        var expired = claims(team.adminEmail()).issuedAt(Instant.now().minusSeconds(7200))
                .expiresAt(Instant.now().minusSeconds(3600));
        // When
        var response = as(sign(expired, PROVIDER)).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_expired");
    }

    private static JwtClaimsBuilder claims(String email) {
        return Jwt.issuer(ISSUER).subject("outside|7").audience("tollkeeper").claim("email", email)
                .claim("email_verified", true)
                .issuedAt(Instant.now()).expiresAt(Instant.now().plusSeconds(300));
    }

    private static String sign(JwtClaimsBuilder claims, KeyPair pair) {
        return claims.jws().keyId("provider-1").sign(pair.getPrivate());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static HttpServer serve() {
        try {
            RSAPublicKey key = (RSAPublicKey) PROVIDER.getPublic();
            String jwks = "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"provider-1\",\"n\":\""
                    + base64(key.getModulus().toByteArray()) + "\",\"e\":\"" + base64(key.getPublicExponent().toByteArray())
                    + "\"}]}";
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/jwks", exchange -> {
                byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String base64(byte[] number) {
        int from = number[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(number, from, number.length));
    }
}
