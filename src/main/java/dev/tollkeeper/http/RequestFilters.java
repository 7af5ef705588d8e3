package dev.tollkeeper.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.MDC;

import dev.tollkeeper.http.problem.ErrorCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** What happens to every request before anything else: it gets its id, and its body a limit. */
@Singleton
class RequestFilters {
    private static final int FIRST = 1000;
    private static final int AFTER_CORS = 299;
    private static final String EVENTS_PATH = "/api/usage/events";
    /** Where Quarkus REST looks for a request's own body limit. */
    private static final String MAX_BODY_SIZE = "io.quarkus.max-request-size";

    private final long bodyLimit;
    private final long eventsBodyLimit;

    RequestFilters(@ConfigProperty(name = "tollkeeper.limits.body-bytes", defaultValue = "1048576") long bodyLimit,
            @ConfigProperty(name = "tollkeeper.limits.events-body-bytes", defaultValue = "4194304") long eventsBodyLimit) {
        this.bodyLimit = bodyLimit;
        this.eventsBodyLimit = eventsBodyLimit;
    }

    void register(@Observes Filters filters) {
        filters.register(this::identify, FIRST);
        filters.register(this::limitBody, FIRST - 1);
        filters.register(this::refuseOptions, AFTER_CORS);
    }

    private void identify(RoutingContext request) {
        MDC.put("request_id", Answering.begin(request));
        request.next();
    }

    /** JAX-RS would tell anybody which methods a path has. A preflight has been answered by now, where the operator allows any. */
    private void refuseOptions(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            ProblemWriter.write(request, ErrorCode.METHOD_NOT_ALLOWED,
                    "The methods are GET, POST, PUT and DELETE. /q/openapi tells "
                            + "which path has which.");
        } else {
            request.next();
        }
    }

    private void limitBody(RoutingContext request) {
        long limit = EVENTS_PATH.equals(request.normalizedPath()) ? eventsBodyLimit : bodyLimit;
        if (request.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            // Its length is not known ahead, and Quarkus REST would buffer it whatever the limit.
            BodyHandler.create(false).setBodyLimit(limit).handle(request);
            return;
        }
        if (contentLength(request.request()) > limit) {
            ProblemWriter.write(request, ErrorCode.PAYLOAD_TOO_LARGE,
                    "The body is larger than the " + limit + " bytes that this call takes. Send less at a time.");
            return;
        }
        request.put(MAX_BODY_SIZE, limit);
        request.next();
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
