package dev.tollkeeper.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.tollkeeper.http.problem.ErrorCode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Problems for what fails below JAX-RS: unknown paths, bodies over the limit, unreadable requests. */
@Singleton
class RouterErrors {
    void register(@Observes Router router) {
        router.errorHandler(400, unreadable -> ProblemWriter.write(unreadable, ErrorCode.INVALID_REQUEST,
                "The request cannot be read. Check its path and headers."));
        router.errorHandler(404, RouterErrors::notFound);
        router.errorHandler(405, wrong -> ProblemWriter.write(wrong, ErrorCode.METHOD_NOT_ALLOWED,
                "This path does not take the method " + wrong.request().method() + "."));
        router.errorHandler(413, large -> ProblemWriter.write(large, ErrorCode.PAYLOAD_TOO_LARGE,
                "The body is larger than this call takes. Send less at a time."));
    }

    private static void notFound(RoutingContext request) {
        ProblemWriter.write(request, ErrorCode.NOT_FOUND, "There is nothing at this path. The API is described at /q/openapi.");
    }
}
