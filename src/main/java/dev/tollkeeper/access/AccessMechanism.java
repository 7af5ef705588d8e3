package dev.tollkeeper.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.RequestInfo;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.Problems;
import dev.tollkeeper.team.token.UserTokens;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Finds who calls before any route runs that asks for a caller, and refuses who may not. */
@Singleton
class AccessMechanism implements HttpAuthenticationMechanism {
    private static final String KEY_RECORD = "tollkeeper.key-record";

    private final KeyVerifier verifier;
    private final UserTokens tokens;
    private final ConsoleSession session;

    AccessMechanism(KeyVerifier verifier, UserTokens tokens, ConsoleSession session) {
        this.verifier = verifier;
        this.tokens = tokens;
        this.session = session;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        return Uni.createFrom().deferred(() -> authenticate(request, credential(request.request())));
    }

    /** What a request's headers say goes before the console's cookie. */
    private Optional<Credential> credential(HttpServerRequest request) {
        return CredentialFinder.find(request.headers()).or(() -> session.token(request).map(Credential.Token::new));
    }

    private Uni<SecurityIdentity> authenticate(RoutingContext request, Optional<Credential> credential) {
        if (credential.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Uni<? extends Caller> caller = credential.get() instanceof Credential.Token token
                ? tokens.verify(token.text())
                : key(request, credential.get().text());
        return caller.map(found -> identity(request, found));
    }

    private Uni<KeyCaller> key(RoutingContext request, String presented) {
        String address = RequestInfo.clientAddress(request);
        return verifier.judge(presented, address).map(verdict -> {
            if (verdict instanceof Verdict.Refused refused) {
                refused.key().ifPresent(known -> CurrentCaller.set(request, caller(known, address)));
                throw Refusals.error(refused.code());
            }
            KeyRecord key = ((Verdict.Accepted) verdict).key();
            request.put(KEY_RECORD, key);
            return caller(key, address);
        });
    }

    /** The key that made this request, once it was accepted; null for a user's. */
    static KeyRecord keyOf(RoutingContext request) {
        return request.get(KEY_RECORD);
    }

    private static SecurityIdentity identity(RoutingContext request, Caller caller) {
        CurrentCaller.set(request, caller);
        return QuarkusSecurityIdentity.builder().setPrincipal(caller).build();
    }

    static KeyCaller caller(KeyRecord key, String address) {
        return new KeyCaller(key.teamId(), key.projectId(), key.keyId(), key.name(), key.managementKey(), key.scopes(),
                managementScopes(key), key.expiresAt(), key.storedIps(), key.userId(), key.userEmail(), key.userRole(),
                address);
    }

    /** An ordinary key manages nothing, whatever its scopes are called. */
    private static Set<Scope> managementScopes(KeyRecord key) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (key.managementKey()) {
            key.scopes().forEach(word -> Scope.of(word).ifPresent(scopes::add));
        }
        return Set.copyOf(scopes);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(ErrorCode.CREDENTIALS_MISSING.status(), "WWW-Authenticate",
                Problems.challenge(ErrorCode.CREDENTIALS_MISSING, "")));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1000;
    }
}
