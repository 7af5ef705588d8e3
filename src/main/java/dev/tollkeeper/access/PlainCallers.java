package dev.tollkeeper.access;

import java.util.List;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.key.KeyUses;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/**
 * Finds who calls the routes below JAX-RS, where that is plain: an API key without a rate limit that memory tells to be
 * good. Everybody else, and everybody who is to be refused, goes through {@link AccessMechanism} and {@link AccessFilter}.
 */
@Singleton
class PlainCallers {
    private final KeyVerifier verifier;
    private final ClientAddresses addresses;
    private final KeyUses uses;

    PlainCallers(KeyVerifier verifier, ClientAddresses addresses, KeyUses uses) {
        this.verifier = verifier;
        this.addresses = addresses;
        this.uses = uses;
    }

    /** A plain caller. */
    record PlainCaller(KeyRecord key, String address) {
        boolean manages(Scope scope) {
            return key.managementKey() && key.scopes().contains(scope.word());
        }
    }

    /** The request's caller, null where that is not a plain one. */
    PlainCaller find(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> authorizations = headers.getAll(CredentialFinder.AUTHORIZATION);
        List<String> apiKeys = headers.getAll(CredentialFinder.API_KEY);
        if (authorizations.size() + apiKeys.size() != 1) {
            return null;
        }
        Credential credential;
        try {
            credential = CredentialFinder.find(authorizations, apiKeys);
        } catch (DomainError refused) {
            return null;
        }
        if (!(credential instanceof Credential.Key)) {
            return null;
        }
        String address = addresses.of(request);
        return verifier.judgeAtOnce(credential.text(), address) instanceof Verdict.Accepted accepted
                && accepted.key().rateLimit() == null ? new PlainCaller(accepted.key(), address) : null;
    }

    /** Notes that its key was used, once it is certain that it is answered. */
    void used(PlainCaller caller) {
        uses.record(caller.key().teamId(), caller.key().keyId(), caller.address());
    }
}
