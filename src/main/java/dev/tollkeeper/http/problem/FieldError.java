package dev.tollkeeper.http.problem;

import dev.tollkeeper.http.SecretText;

/**
 * One field that could not be taken. A key that somebody sent for the field's name is not repeated.
 *
 * @param field the path of the field in the request, in the names of the API ({@code rate_limit.window_seconds})
 * @param message what is wrong with it and what would be right
 */
public record FieldError(String field, String message) {
    /** Takes keys out. */
    public FieldError {
        field = SecretText.redact(field);
    }
}
