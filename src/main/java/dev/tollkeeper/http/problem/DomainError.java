package dev.tollkeeper.http.problem;

import java.time.Duration;
import java.util.List;

/**
 * An outcome that the caller is told about as a problem. The message is the public sentence: it says what to do, and
 * never carries a secret. One mapper, {@link ProblemMapper}, turns these into RFC 9457 responses.
 */
public abstract sealed class DomainError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private DomainError(ErrorCode code, String sentence) {
        // No stack trace: these are answers, not faults, and are made on hot paths.
        super(sentence, null, false, false);
        this.code = code;
    }

    /** The machine word and status of this error. */
    public ErrorCode code() {
        return code;
    }

    /** An error that is wholly said by its code and sentence. */
    public static final class Plain extends DomainError {
        private static final long serialVersionUID = 1L;

        private Plain(ErrorCode code, String sentence) {
            super(code, sentence);
        }
    }

    /** A request with fields that cannot be taken; nothing was changed. */
    public static final class InvalidFields extends DomainError {
        private static final long serialVersionUID = 1L;

        private final transient List<FieldError> errors;

        private InvalidFields(ErrorCode code, String sentence, List<FieldError> errors) {
            super(code, sentence);
            this.errors = List.copyOf(errors);
        }

        /** What is wrong, field by field. */
        public List<FieldError> errors() {
            return errors;
        }
    }

    /** An error that may pass by itself. */
    public static final class TryLater extends DomainError {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        private TryLater(ErrorCode code, String sentence, Duration retryAfter) {
            super(code, sentence);
            this.retryAfter = retryAfter;
        }

        /** When another try makes sense, in seconds as {@code Retry-After} has them: whole ones, at least one. */
        public long retryAfterSeconds() {
            return Math.max(1, retryAfter.plusMillis(999).toSeconds());
        }
    }

    /** An error with this code, told in this sentence. */
    public static DomainError of(ErrorCode code, String sentence) {
        return new Plain(code, sentence);
    }

    /** A request that is refused for one of its fields. */
    public static DomainError invalidField(String field, String message) {
        return invalidFields(List.of(new FieldError(field, message)));
    }

    /** A request that is refused for some of its fields. */
    public static DomainError invalidFields(List<FieldError> errors) {
        return fields(ErrorCode.INVALID_REQUEST, errors);
    }

    /** A request that is refused for some of its fields, with a code of its own. */
    public static DomainError fields(ErrorCode code, List<FieldError> errors) {
        FieldError first = errors.get(0);
        return new InvalidFields(code, first.field() + ": " + first.message(), errors);
    }

    /** A request that cannot be read as a whole. */
    public static DomainError invalidRequest(String sentence) {
        return new Plain(ErrorCode.INVALID_REQUEST, sentence);
    }

    /** There is no such thing; said in the same words for another team's. */
    public static DomainError notFound(String what) {
        return new Plain(ErrorCode.NOT_FOUND, what + " not found");
    }

    /** The request does not fit the present state. */
    public static DomainError conflict(String sentence) {
        return new Plain(ErrorCode.STATE_CONFLICT, sentence);
    }

    /** Refused for now: too many requests, or the database is out of reach. */
    public static DomainError tryLater(ErrorCode code, String sentence, Duration retryAfter) {
        return new TryLater(code, sentence, retryAfter);
    }

    /** A fault of ours, of which the caller learns nothing. */
    public static DomainError internal() {
        return new Plain(ErrorCode.INTERNAL_ERROR, "Something failed on our side. The request id finds it in the logs.");
    }

    /** Nothing can be changed for now; everything can be read. */
    public static DomainError readOnly() {
        return new TryLater(ErrorCode.UNAVAILABLE,
                "This installation is read-only for now. Nothing was changed. Try again later.",
                Duration.ofSeconds(30));
    }

    /** The database cannot be reached. */
    public static DomainError unavailable() {
        return new TryLater(ErrorCode.UNAVAILABLE, "The database cannot be reached. Try again shortly.", Duration.ofSeconds(1));
    }
}
