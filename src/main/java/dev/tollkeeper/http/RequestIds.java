package dev.tollkeeper.http;

import java.util.regex.Pattern;

import io.vertx.ext.web.RoutingContext;

/** Gives every request the id that names it in its response and in the logs: its own, where that can be one. */
public final class RequestIds {
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
    private static final CharSequence HEADER = io.vertx.core.http.HttpHeaders.createOptimized("X-Request-Id");

    private RequestIds() {
    }

    /** Takes or makes the id, and puts it into the response. */
    public static String give(RoutingContext request) {
        String given = request.request().headers().get(HEADER);
        String id = given != null && isAcceptable(given) ? given : Ids.ofRequest().toString();
        RequestInfo.requestId(request, id);
        request.response().headers().set(HEADER, id);
        return id;
    }

    private static boolean isAcceptable(String given) {
        return ACCEPTED.matcher(given).matches() && !SecretText.holdsSecret(given);
    }
}
