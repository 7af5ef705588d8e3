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

    static void write(RoutingContext request, ErrorCode code, String sentence) {
        write(request, DomainError.of(code, sentence));
    }

    /** Answers with an error. */
    public static void write(RoutingContext request, DomainError error) {
        var response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(error.code().status());
        Problems.headers(error, response::putHeader);
        if (error.code() == ErrorCode.PAYLOAD_TOO_LARGE) {
            // The rest of the body is not read: the connection cannot be used again.
            response.putHeader("Connection", "close");
        }
        var problem = Problem.of(error.code(), error.getMessage(), null, RequestInfo.requestId(request));
        response.end(problem.toJson()).onFailure(gone -> request.request().connection().close());
    }
}
