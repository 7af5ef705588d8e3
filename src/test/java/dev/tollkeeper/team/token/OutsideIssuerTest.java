package dev.tollkeeper.team.token;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.problem;
import static org.hamcrest.Matchers.equalTo;

import java.security.KeyPair;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.IdentityProvider;
import dev.tollkeeper.testsupport.OperatorsChoices;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Users who sign in somewhere else: the test is the identity provider. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OperatorsChoices.class)
class OutsideIssuerTest {
    private final TestTeam team = TestTeam.create();

    @Test
    void theProvidersTokenNamesAUserHere() {
        // When
        var response = as(sign(claims(team.adminEmail()), IdentityProvider.PAIR)).get("/api/auth/whoami").then();
        // Then
        response.statusCode(200).body("user.email", equalTo(team.adminEmail())).body("user.role", equalTo("admin"));
    }

    @Test
    void aTokenThatTheProviderDidNotSignIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()), IdentityProvider.pair())).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void aTokenForAnotherServiceIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()).audience("another"), IdentityProvider.PAIR)).get("/api/auth/whoami")
                .then();
        // Then
        problem(response, 401, "token_invalid");
    }

    @Test
    void anUnverifiedAddressIsInvalid() {
        // When
        var response = as(sign(claims(team.adminEmail()).claim("email_verified", false), IdentityProvider.PAIR))
                .get("/api/auth/whoami")
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
        var response = as(sign(expired, IdentityProvider.PAIR)).get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "token_expired");
    }

    private static JwtClaimsBuilder claims(String email) {
        return Jwt.issuer(IdentityProvider.ISSUER).subject("outside|7").audience("tollkeeper").claim("email", email)
                .claim("email_verified", true)
                .issuedAt(Instant.now()).expiresAt(Instant.now().plusSeconds(300));
    }

    private static String sign(JwtClaimsBuilder claims, KeyPair pair) {
        return claims.jws().keyId("provider-1").sign(pair.getPrivate());
    }
}
