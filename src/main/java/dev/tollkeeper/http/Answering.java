package dev.tollkeeper.http;

import io.vertx.ext.web.RoutingContext;

/** What comes before any answer over HTTP, by whichever route. */
public final class Answering {
    private Answering() {
    }

    /** Lets a request be answered together with others, and its answer name its id; on the connection's event loop. */
    public static String begin(RoutingContext request) {
        AnswersTogether.on(request.request().connection());
        return RequestId.give(request);
    }
}
