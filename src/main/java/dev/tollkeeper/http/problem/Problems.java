package dev.tollkeeper.http.problem;

import java.util.List;

import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.RestResponse;

import dev.tollkeeper.http.RequestInfo;
import io.vertx.ext.web.RoutingContext;

/** Makes the HTTP response of an error, with the headers that its status asks for. */
public final class Problems {
    private Problems() {
    }

    /** The response that tells this error. */
    public static RestResponse<Problem> response(DomainError error, RoutingContext request) {
        List<FieldError> fields = error instanceof DomainError.InvalidFields invalid ? invalid.errors() : null;
        var response = base(error.code(), error.getMessage(), fields, request);
        if (error instanceof DomainError.TryLater later) {
            response.header(HttpHeaders.RETRY_AFTER, later.retryAfterSeconds());
        }
        return response.build();
    }

    /** The response that tells an error with this code. */
    public static RestResponse<Problem> response(ErrorCode code, String sentence, RoutingContext request) {
        return base(code, sentence, null, request).build();
    }

    private static RestResponse.ResponseBuilder<Problem> base(ErrorCode code, String sentence, List<FieldError> fields,
            RoutingContext request) {
        var problem = Problem.of(code, sentence, fields, RequestInfo.requestId(request));
        // By number: the enumeration of statuses that JAX-RS has lacks 422.
        var response = RestResponse.ResponseBuilder.<Problem>create(code.status()).entity(problem)
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (code.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, challenge(code, sentence));
        }
        return response;
    }

    /** The challenge of a 401 (RFC 6750 §3): no error code where the request carried no credential. */
    public static String challenge(ErrorCode code, String sentence) {
        if (code == ErrorCode.CREDENTIALS_MISSING) {
            return "Bearer realm=\"tollkeeper\"";
        }
        return "Bearer realm=\"tollkeeper\", error=\"invalid_token\", error_description=\"" + sentence.replace('"', '\'') + '"';
    }
}
