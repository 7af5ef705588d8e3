package dev.tollkeeper.access;

import io.vertx.core.http.HttpServerResponse;

/** Writes the {@code RateLimit} and {@code RateLimit-Policy} fields (draft-ietf-httpapi-ratelimit-headers). */
final class RateHeaders {
    private RateHeaders() {
    }

    /** Writes them, where the key has a rate limit at all. */
    static void write(HttpServerResponse response, RateState state) {
        if (state != null) {
            response.putHeader("RateLimit-Policy", state.policyField());
            response.putHeader("RateLimit", state.stateField());
        }
    }
}
