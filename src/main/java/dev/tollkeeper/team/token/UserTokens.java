package dev.tollkeeper.team.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;

import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * User tokens: JWTs (RFC 7519) that name a user and nothing else. What the user may do is looked up with each request.
 * They are made here, or by an outside identity provider that the operator configured.
 */
@Singleton
public class UserTokens {
    private static final int LONGEST_TOKEN = 8192;
    /** The claim that says which of the user's passwords the token was given for. */
    private static final String VERSION = "ver";

    private final SigningKeys keys;
    private final UserDirectory users;
    private final TokenSettings settings;
    private final Clock clock;
    private final Optional<JWTParser> external;

    UserTokens(SigningKeys keys, UserDirectory users, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
        this.external = settings.external().issuer().map(issuer -> externalParser(issuer, settings.external()));
    }

    private static JWTParser externalParser(String issuer, TokenSettings.External provider) {
        String location = provider.jwksUrl().orElseThrow(() -> new IllegalStateException(
                "Set TOLLKEEPER_TOKENS_EXTERNAL_JWKS_URL: without it the tokens of " + issuer + " cannot be checked."));
        JWTAuthContextInfo context = new JWTAuthContextInfo(location, issuer);
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256));
        context.setExpectedAudience(Set.of(provider.audience().orElseThrow(() -> new IllegalStateException(
                "Set TOLLKEEPER_TOKENS_EXTERNAL_AUDIENCE: without it tokens for other services would be taken."))));
        return new DefaultJWTParser(context);
    }

    /** A token that was issued. */
    public record Issued(String token, long expiresInSeconds) {
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    /** Issues a token for a user; it ends with the password that it was given for. */
    Uni<Issued> issue(UserDirectory.Account account) {
        UserCaller user = account.user();
        return keys.current().map(key -> {
            Instant now = clock.instant();
            String token = Jwt.issuer(settings.issuer()).subject(user.userId().toString()).upn(user.email())
                    .issuedAt(now).expiresAt(now.plus(settings.lifetime())).claim("jti", Ids.next().toString())
                    .claim(VERSION, account.tokenVersion())
                    .jws().keyId(key.kid()).algorithm(SignatureAlgorithm.ES256).sign(key.privateKey());
            return new Issued(token, settings.lifetime().toSeconds());
        });
    }

    /**
     * The user that a token names.
     *
     * @return fails with {@code token_invalid} or {@code token_expired}
     */
    public Uni<UserCaller> verify(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw invalid();
        }
        boolean outside = external.isPresent() && settings.external().issuer().equals(claimedIssuer(token));
        Uni<Optional<UserDirectory.Account>> account = outside ? external(token) : own(token);
        return account.map(found -> found.orElseThrow(UserTokens::invalid).user());
    }

    /**
     * A token that was made here.
     *
     * @param id the token's own
     * @param user whom it names
     * @param expiresAt when it expires
     * @param passwordVersion which of the user's passwords it was given for
     */
    record OwnToken(UUID id, UUID user, Instant expiresAt, String passwordVersion) {
    }

    /**
     * Reads a token that was made here and has not expired; whether its user may still use it is not looked at.
     *
     * @return fails with {@code token_invalid} or {@code token_expired}
     */
    Uni<OwnToken> read(String token) {
        return keys.current().map(key -> {
            JWTAuthContextInfo context = new JWTAuthContextInfo(key.publicKey(), settings.issuer());
            context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
            JsonWebToken parsed = parse(new DefaultJWTParser(context), token);
            return new OwnToken(id(parsed.getTokenID()), id(parsed.getSubject()),
                    Instant.ofEpochSecond(parsed.getExpirationTime()), String.valueOf(parsed.<Object>getClaim(VERSION)));
        });
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow(UserTokens::invalid);
    }

    private Uni<Optional<UserDirectory.Account>> own(String token) {
        return read(token).chain(read -> users.byToken(read.user(), read.id())
                .map(found -> found.filter(account -> isOfPresentPassword(read, account))));
    }

    private static boolean isOfPresentPassword(OwnToken token, UserDirectory.Account account) {
        return Integer.toString(account.tokenVersion()).equals(token.passwordVersion());
    }

    /** Off the event loop: the provider's keys may have to be fetched. */
    private Uni<Optional<UserDirectory.Account>> external(String token) {
        Context caller = Vertx.currentContext();
        return Uni.createFrom().item(() -> parse(external.orElseThrow(), token))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(task -> caller.runOnContext(ignored -> task.run()))
                .chain(parsed -> users.byEmail(verifiedEmail(parsed)));
    }

    private static String verifiedEmail(JsonWebToken token) {
        String email = token.getClaim("email");
        Object verified = token.getClaim("email_verified");
        if (email == null || Boolean.FALSE.equals(verified) || "false".equals(String.valueOf(verified))) {
            throw invalid();
        }
        return email;
    }

    private static JsonWebToken parse(JWTParser parser, String token) {
        try {
            return parser.parse(token);
        } catch (ParseException refused) {
            if (refused.getCause() instanceof InvalidJwtException why && why.hasExpired()) {
                throw DomainError.of(ErrorCode.TOKEN_EXPIRED,
                        "The user token has expired. Sign in again with POST /api/auth/token.");
            }
            throw invalid();
        }
    }

    /** The issuer that a token claims; only to choose who is to check it. */
    private static Optional<String> claimedIssuer(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = java.util.Base64.getUrlDecoder().decode(parts[1]);
            return Optional.ofNullable(new JsonObject(io.vertx.core.buffer.Buffer.buffer(claims)).getString("iss"));
        } catch (IllegalArgumentException | DecodeException | ClassCastException notAToken) {
            return Optional.empty();
        }
    }

    /** The public half of the key pair, for whoever checks our tokens. */
    Uni<SigningKey> publicKey() {
        return keys.current();
    }

    static DomainError invalid() {
        return DomainError.of(ErrorCode.TOKEN_INVALID, "The user token is not valid. Sign in again with POST /api/auth/token.");
    }
}
