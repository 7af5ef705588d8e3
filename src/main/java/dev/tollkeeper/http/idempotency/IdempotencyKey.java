package dev.tollkeeper.http.idempotency;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.tollkeeper.http.problem.DomainError;

/**
 * What makes a request the same request again: the client's {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header), who sent it, and what it asks for.
 *
 * @param value the header, null where the client sent none
 * @param teamId the team it is kept under
 * @param callerId the key or user that sent it; two callers' keys are never confused
 * @param call the method and path
 * @param body the request's body; compared as JSON
 */
public record IdempotencyKey(String value, UUID teamId, UUID callerId, String call, Object body) {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Checks the header. */
    public IdempotencyKey {
        if (value != null && !VISIBLE.matcher(value).matches()) {
            throw DomainError.invalidField("Idempotency-Key", "must be 1 to 255 visible ASCII characters, for example a UUID");
        }
    }
}
