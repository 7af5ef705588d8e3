package dev.tollkeeper.http;

import io.vertx.ext.web.RoutingContext;

/** What is known of a request before it is routed. */
public final class RequestInfo {
    private static final String CLIENT_ADDRESS = "tollkeeper.client-address";
    private static final int USER_AGENT_LENGTH = 300;
    private static final int PATH_LENGTH = 500;

    private RequestInfo() {
    }

    /** The id that names this request in its response and in the logs. */
    public static String requestId(RoutingContext request) {
        return request.response().headers().get(RequestId.HEADER);
    }

    /** The end client's address in canonical form, null where it is not known. */
    public static String clientAddress(RoutingContext request) {
        return request.get(CLIENT_ADDRESS);
    }

    /** Remembers the end client's address, null where it is not known. */
    public static void clientAddress(RoutingContext request, String address) {
        request.put(CLIENT_ADDRESS, address);
    }

    /** What the client says it is, as it may be stored. */
    public static String userAgent(RoutingContext request) {
        String agent = request.request().getHeader("User-Agent");
        return agent == null ? null : SecretText.redact(cut(agent, USER_AGENT_LENGTH));
    }

    /** The path, as it may be logged and stored: somebody may have put a key where none belongs. */
    public static String path(RoutingContext request) {
        return SecretText.redact(cut(request.normalizedPath(), PATH_LENGTH));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
