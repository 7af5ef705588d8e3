package dev.tollkeeper.team.token;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.http.RequestInfo;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Signing in, and the public keys that check what it gives. */
@Path("/")
@Cancellable(false)
@Tag(name = "Identity")
class TokenResource {
    private static final int COORDINATE_BYTES = 32;

    private final SignInService service;
    private final UserTokens tokens;

    TokenResource(SignInService service, UserTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    /** A user token (RFC 6749 §5.1). */
    @Schema(name = "UserToken")
    record TokenAnswer(String accessToken, String tokenType, long expiresIn) {
        @Override
        public String toString() {
            return "TokenAnswer[…]";
        }
    }

    /** A set of public keys (RFC 7517). */
    @Schema(name = "JsonWebKeySet")
    record KeySet(List<PublicKey> keys) {
    }

    /** A P-256 public key (RFC 7518 §6.2). */
    @Schema(name = "JsonWebKey")
    record PublicKey(String kty, String use, String alg, String kid, String crv, String x, String y) {
    }

    @POST
    @Path("api/auth/token")
    @PermitAll
    @Operation(operationId = "createUserToken", summary = "Sign in", description = "Gives a user token for an address and a "
            + "password. Repeated failures are slowed down, by address and by account.")
    public Uni<RestResponse<TokenAnswer>> signIn(@NotNull @Valid SignInBody body, @Context RoutingContext request) {
        return service.signIn(body.email(), body.password(), RequestInfo.clientAddress(request))
                .map(issued -> new TokenAnswer(issued.token(), "Bearer", issued.expiresInSeconds()))
                .map(answer -> RestResponse.ResponseBuilder.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build());
    }

    @GET
    @Path(".well-known/jwks.json")
    @PermitAll
    @Operation(operationId = "getPublicKeys", summary = "The public keys of issued tokens")
    public Uni<KeySet> publicKeys() {
        return tokens.publicKey().map(TokenResource::keySet);
    }

    private static KeySet keySet(SigningKey key) {
        var point = key.publicKey().getW();
        return new KeySet(List.of(new PublicKey("EC", "sig", "ES256", key.kid(), "P-256", coordinate(point.getAffineX()),
                coordinate(point.getAffineY()))));
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length), 0, fixed, COORDINATE_BYTES - length,
                length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
