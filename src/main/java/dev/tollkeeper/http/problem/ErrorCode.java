package dev.tollkeeper.http.problem;

import java.util.Locale;

/**
 * The stable machine words of Tollkeeper's errors, with the HTTP status each is answered with. The words are part of
 * the API's contract: none is ever renamed.
 */
public enum ErrorCode {
    /** The request cannot be read, or a field in it cannot be taken. */
    INVALID_REQUEST(400, "Invalid request"),
    /** A range of dates that ends before it starts, or cannot be read. */
    INVALID_DATE_RANGE(400, "Invalid date range"),
    /** The name is taken. */
    DUPLICATE_NAME(400, "Duplicate name"),
    /** The project has as many live keys as it may have. */
    KEY_LIMIT_REACHED(400, "Key limit reached"),
    /** A key may not delete itself or lock itself out. */
    KEY_IN_USE(400, "Key in use"),
    /** The configuration names a provider or model that the registry does not have. */
    REGISTRY_VALIDATION_FAILED(400, "Registry validation failed"),
    /** The request carries two credentials that differ. */
    CREDENTIALS_CONFLICT(400, "Conflicting credentials"),
    /** The request carries no credential. */
    CREDENTIALS_MISSING(401, "Credentials missing"),
    /** The key is malformed or unknown. */
    KEY_INVALID(401, "Invalid API key"),
    /** The key's expiry has passed. */
    KEY_EXPIRED(401, "API key expired"),
    /** The key was revoked, for good. */
    KEY_REVOKED(401, "API key revoked"),
    /** The key is disabled. */
    KEY_DISABLED(401, "API key disabled"),
    /** The key may not be used from the caller's address. */
    IP_NOT_ALLOWED(401, "IP address not allowed"),
    /** The user token or the sign-in is not valid. */
    TOKEN_INVALID(401, "Invalid token"),
    /** The user token has expired. */
    TOKEN_EXPIRED(401, "Token expired"),
    /** Nothing is left of a prepaid team's balance, or of a team's credit limit. */
    INSUFFICIENT_BALANCE(402, "Insufficient balance"),
    /** A budget, or the key's number of uses, is used up. */
    BUDGET_EXHAUSTED(402, "Budget exhausted"),
    /** Only a management key may call this. */
    MANAGEMENT_KEY_REQUIRED(403, "Management key required"),
    /** Only an admin of the team may do this. */
    ADMIN_REQUIRED(403, "Admin required"),
    /** Only the operator of the installation may do this. */
    OPERATOR_REQUIRED(403, "Operator required"),
    /** The key lacks a scope. */
    SCOPE_MISSING(403, "Scope missing"),
    /** Nobody can grant more than they have. */
    GRANT_EXCEEDS_CREATOR(403, "Grant exceeds its maker"),
    /** The team is suspended. */
    TEAM_SUSPENDED(403, "Team suspended"),
    /** There is no such thing, or it is another team's. */
    NOT_FOUND(404, "Not found"),
    /** The path does not take this method. */
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    /** None of the accepted media types can be produced. */
    NOT_ACCEPTABLE(406, "Not acceptable"),
    /** What the request asks for does not fit the present state. */
    STATE_CONFLICT(409, "Conflict with the present state"),
    /** The first request with this idempotency key still runs. */
    IDEMPOTENCY_IN_PROGRESS(409, "Idempotent request in progress"),
    /** The resource has changed since the caller read it. */
    PRECONDITION_FAILED(412, "Precondition failed"),
    /** The request's body is larger than this call takes. */
    PAYLOAD_TOO_LARGE(413, "Payload too large"),
    /** The request's body is of a media type that this call does not take. */
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** The idempotency key was used for another request. */
    IDEMPOTENCY_CONFLICT(422, "Idempotency key reused"),
    /** Too many requests. */
    RATE_LIMITED(429, "Rate limited"),
    /** A fault of the service. */
    INTERNAL_ERROR(500, "Internal error"),
    /** The database cannot be reached. */
    UNAVAILABLE(503, "Service unavailable");

    private final int status;
    private final String title;
    private final String word;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status of this error. */
    public int status() {
        return status;
    }

    /** A short human name of the kind of error, the same for each of its occurrences (RFC 9457 §3.1.4). */
    public String title() {
        return title;
    }

    /** The word as it appears in the {@code code} member. */
    public String word() {
        return word;
    }
}
