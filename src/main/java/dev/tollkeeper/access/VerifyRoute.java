package dev.tollkeeper.access;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.caller.Scope;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/**
 * Answers {@code POST /api/keys/verify} below JAX-RS, where a management key without a rate limit asks in the plain way
 * and memory can tell. Every other request goes on to {@link VerifyResource}, as it came.
 */
@Singleton
class VerifyRoute {
    static final String PATH = "/api/keys/verify";
    private static final Logger LOG = Logger.getLogger(VerifyRoute.class);
    /** A longer body is not a plain one. */
    private static final int LONGEST_BODY_DIGITS = 4;

    private final PlainCallers callers;
    private final Verification verification;
    private final AddressTexts addresses;

    VerifyRoute(PlainCallers callers, Verification verification, AddressTexts addresses) {
        this.callers = callers;
        this.verification = verification;
        this.addresses = addresses;
    }

    void register(@Observes Router router) {
        router.post(PATH).order(Integer.MIN_VALUE).handler(this::verify);
    }

    private void verify(RoutingContext request) {
        if (!isPlain(request.request())) {
            request.next();
            return;
        }
        request.request().body().onSuccess(body -> {
            if (!answer(request, body)) {
                ((RoutingContextInternal) request).setBody(body);
                request.next();
            }
        }).onFailure(gone -> LOG.debugf("A client left before its request was whole: %s", gone.toString()));
        // Quarkus holds every request's body back until somebody wants it.
        request.request().resume();
    }

    private static boolean isPlain(HttpServerRequest request) {
        MultiMap headers = request.headers();
        // Quarkus REST takes no HTTP/2 request whose body somebody has read before: it could not go the long way after all.
        return request.version() != HttpVersion.HTTP_2 && isJson(headers.get(HttpHeaders.CONTENT_TYPE))
                && PlainJson.isTaken(headers)
                && isShort(headers.get(HttpHeaders.CONTENT_LENGTH)) && !headers.contains(HttpHeaders.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaders.EXPECT);
    }

    private static boolean isJson(String contentType) {
        return "application/json".equals(contentType) || "application/json; charset=utf-8".equalsIgnoreCase(contentType)
                || "application/json;charset=utf-8".equalsIgnoreCase(contentType);
    }

    private static boolean isShort(String contentLength) {
        return contentLength != null && contentLength.length() <= LONGEST_BODY_DIGITS
                && contentLength.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private boolean answer(RoutingContext request, Buffer bytes) {
        PlainCallers.PlainCaller caller = callers.find(request.request());
        if (caller == null || !caller.manages(Scope.KEYS_VERIFY)) {
            return false;
        }
        VerifyBody body = PlainVerifyBody.read(bytes.getBytes());
        if (body == null) {
            return false;
        }
        Optional<String> address = body.ip() == null ? Optional.empty() : addresses.canonical(body.ip());
        if (body.ip() != null && address.isEmpty()) {
            return false;
        }
        byte[] answer = verification.answerAtOnce(caller.key().teamId()::equals, body, address.orElse(null));
        if (answer == null) {
            return false;
        }
        callers.used(caller);
        PlainJson.respond(request, answer);
        return true;
    }
}
