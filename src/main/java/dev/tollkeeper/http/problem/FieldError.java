package dev.tollkeeper.http.problem;

/**
 * One field that could not be taken.
 *
 * @param field the path of the field in the request, in the names of the API ({@code rate_limit.window_seconds})
 * @param message what is wrong with it and what would be right
 */
public record FieldError(String field, String message) {
}
