package dev.tollkeeper.webhook;

/**
 * What came of an attempt.
 *
 * @param statusCode what the receiver answered, null where it did not
 * @param retryAfter its header of this name, null where there was none
 * @param error why there was no answer, null where there was one
 */
record Reply(Integer statusCode, String retryAfter, String error) {
    private static final int GONE = 410;

    static Reply answered(int statusCode, String retryAfter) {
        return new Reply(statusCode, retryAfter, null);
    }

    static Reply none(String error) {
        return new Reply(null, null, error);
    }

    boolean isSuccess() {
        return statusCode != null && statusCode / 100 == 2;
    }

    /** The receiver wants no more messages. */
    boolean isGone() {
        return statusCode != null && statusCode == GONE;
    }

    /** What was wrong, as the log of deliveries tells it. */
    String problem() {
        if (error != null) {
            return error;
        }
        return statusCode / 100 == 3
                ? "The receiver redirected with status " + statusCode + "; redirects are not followed."
                : "The receiver answered with status " + statusCode + ".";
    }
}
