package dev.tollkeeper.access;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;

import dev.tollkeeper.http.Answering;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers in JSON from a route below JAX-RS. */
final class PlainJson {
    private static final CharSequence TYPE = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final ObjectWriter writer;

    PlainJson(ObjectWriter writer) {
        this.writer = writer;
    }

    /** Whether a request plainly takes JSON. */
    static boolean isTaken(MultiMap headers) {
        String accept = headers.get(HttpHeaders.ACCEPT);
        return accept == null || !accept.contains("q=") && (accept.contains("*/*") || accept.contains("application/json"));
    }

    /** An answer as JSON. */
    byte[] write(Object answer) {
        try {
            return writer.writeValueAsBytes(answer);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Answers a request with 200 and JSON. */
    static void respond(RoutingContext request, byte[] json) {
        Answering.begin(request);
        request.response().headers().set(HttpHeaders.CONTENT_TYPE, TYPE);
        request.response().end(Buffer.buffer(json));
    }
}
