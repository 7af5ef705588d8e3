package dev.tollkeeper.http;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.Problem;
import dev.tollkeeper.http.problem.Problems;
import io.vertx.ext.web.RoutingContext;

/** Writes problems where no JAX-RS resource is at work: before routing, below it, and for paths that nothing serves. */
public final class ProblemWriter {
    private ProblemWriter() {
    }

    /** Answers with an error. */
    public static void write(RoutingContext request, DomainError error) {
        if (error instanceof DomainError.TryLater later) {
            request.response().putHeader("Retry-After", Long.toString(later.retryAfterSeconds()));
        }
        write(request, error.code(), error.getMessage());
    }

    static void write(RoutingContext request, ErrorCode code, String sentence) {
        var response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(code.status());
        response.putHeader("Content-Type", Problem.MEDIA_TYPE);
        response.putHeader("Cache-Control", "no-store");
        if (code.status() == 401) {
            response.putHeader("WWW-Authenticate", Problems.challenge(code, sentence));
        }
        if (code == ErrorCode.PAYLOAD_TOO_LARGE) {
            // The rest of the body is not read: the connection cannot be used again.
            response.putHeader("Connection", "close");
        }
        var problem = Problem.of(code, sentence, null, RequestInfo.requestId(request));
        response.end(problem.toJson()).onFailure(gone -> request.request().connection().close());
    }
}
