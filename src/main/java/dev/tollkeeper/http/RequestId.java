package dev.tollkeeper.http;

import java.util.regex.Pattern;

import com.github.f4b6a3.uuid.UuidCreator;

import io.vertx.ext.web.RoutingContext;

/** The id that names a request in its response and in the logs: taken or made. */
public final class RequestId {
    /** Where it stands. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private RequestId() {
    }

    /** The id that a caller gives, or a new one where that is null or cannot be taken. */
    public static String of(String given) {
        boolean taken = given != null && ACCEPTED.matcher(given).matches() && !SecretText.holdsSecret(given);
        return taken ? given : next();
    }

    /** A new id: nobody needs to be unable to guess it, so its random part is a cheap one. */
    public static String next() {
        return UuidCreator.getTimeOrderedEpochFast().toString();
    }

    /** Takes or makes a request's id, and puts it into the response. */
    static String give(RoutingContext request) {
        String id = of(request.request().headers().get(HEADER));
        request.response().headers().set(HEADER, id);
        return id;
    }
}
