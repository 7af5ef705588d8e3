package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.KeySecret;
import io.vertx.core.MultiMap;

/**
 * Finds the one credential of a request: {@code Authorization: Bearer …} (RFC 6750 §2.1) or {@code X-API-Key}. The query
 * string and cookies are not looked at; the console's own cookie is {@link ConsoleSession}'s.
 */
final class CredentialFinder {
    static final String AUTHORIZATION = "Authorization";
    static final String API_KEY = "X-API-Key";
    private static final String SCHEME = "Bearer ";

    private CredentialFinder() {
    }

    /**
     * The request's credential, if it has one.
     *
     * @throws DomainError {@code credentials_conflict} for two that differ, {@code credentials_missing} for an
     *             Authorization header of another form
     */
    static Optional<Credential> find(MultiMap headers) {
        return Optional.ofNullable(find(headers.getAll(AUTHORIZATION), headers.getAll(API_KEY)));
    }

    /**
     * The credential of a request with these values of {@code Authorization} and of {@code X-API-Key}, null where it has
     * none.
     *
     * @throws DomainError as above
     */
    static Credential find(List<String> authorizations, List<String> apiKeys) {
        Credential found = null;
        for (String value : authorizations) {
            found = same(found, bearer(value));
        }
        for (String value : apiKeys) {
            found = same(found, new Credential.Key(value.strip()));
        }
        return found;
    }

    private static Credential same(Credential found, Credential next) {
        if (found != null && !found.text().equals(next.text())) {
            throw DomainError.of(ErrorCode.CREDENTIALS_CONFLICT,
                    "The request carries two different credentials. Send one, in Authorization or in X-API-Key.");
        }
        return found == null ? next : found;
    }

    private static Credential bearer(String value) {
        String stripped = value.strip();
        if (!stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw DomainError.of(ErrorCode.CREDENTIALS_MISSING,
                    "The Authorization header must read 'Bearer' and a space before the API key or user token.");
        }
        String text = stripped.substring(SCHEME.length()).strip();
        // A token is three parts with two dots (RFC 7515 §3.1); whatever else stands here was meant as a key.
        boolean token = !KeySecret.hasKeyPrefix(text) && text.indexOf('.') > 0;
        return token ? new Credential.Token(text) : new Credential.Key(text);
    }
}
