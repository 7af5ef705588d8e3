package dev.tollkeeper.http.problem;

import java.util.List;
import java.util.function.BiConsumer;

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
        var problem = Problem.of(error.code(), error.getMessage(), fields, RequestInfo.requestId(request));
        // By number: the enumeration of statuses that JAX-RS has lacks 422.
        var response = RestResponse.ResponseBuilder.<Problem>create(error.code().status()).entity(problem);
        headers(error, response::header);
        return response.build();
    }

    /** The response that tells an error with this code. */
    public static RestResponse<Problem> response(ErrorCode code, String sentence, RoutingContext request) {
        return response(DomainError.of(code, sentence), request);
    }

    /** Gives the name and value of each header that an error's response has, whatever carries it. */
    public static void headers(DomainError error, BiConsumer<String, String> headers) {
        headers.accept(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.accept(HttpHeaders.CACHE_CONTROL, "no-store");
        if (error.code().status() == 401) {
            headers.accept(HttpHeaders.WWW_AUTHENTICATE, challenge(error.code(), error.getMessage()));
        }
        if (error instanceof DomainError.TryLater later) {
            headers.accept(HttpHeaders.RETRY_AFTER, Long.toString(later.retryAfterSeconds()));
        }
    }

    /** The challenge of a 401 (RFC 6750 §3): no error code where the request carried no credential. */
    public static String challenge(ErrorCode code, String sentence) {
        if (code == ErrorCode.CREDENTIALS_MISSING) {
            return "Bearer realm=\"tollkeeper\"";
        }
        return "Bearer realm=\"tollkeeper\", error=\"invalid_token\", error_description=\"" + sentence.replace('"', '\'') + '"';
    }
}
