package dev.tollkeeper.access;

import java.util.function.BiConsumer;

import io.vertx.core.http.HttpServerResponse;

/** Writes the {@code RateLimit} and {@code RateLimit-Policy} fields (draft-ietf-httpapi-ratelimit-headers). */
final class RateHeaders {
    private RateHeaders() {
    }

    /** Writes them, where the key has a rate limit at all. */
    static void write(HttpServerResponse response, RateState state) {
        if (state != null) {
            write(state, response::putHeader);
        }
    }

    /** Gives each field's name and value, where the key has a rate limit at all. */
    static void write(RateState state, BiConsumer<String, String> headers) {
        if (state != null) {
            headers.accept("RateLimit-Policy", state.policyField());
            headers.accept("RateLimit", state.stateField());
        }
    }
}
