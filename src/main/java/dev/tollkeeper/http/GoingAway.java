package dev.tollkeeper.http;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets an HTTP/2 connection end without a request lost, when the service is told to end: its client is told to send nothing more, with
 * leave for all that is under way, and closes it itself (RFC 9113, 6.8).
 * <p>
 * Quarkus would refuse what the client has sent in that moment and close the connection once it knows of no other request; and Netty ends
 * a connection, with every request on it, where a body comes for a request that was refused. In a rolling restart that cost a few of
 * a thousand requests.
 */
@Singleton
public class GoingAway {
    private static final long NO_ERROR = 0;
    /** Quarkus leaves the connections of this client alone, which for its own fault could not bear otherwise (JDK-8335181). */
    private static final String LEFT_ALONE = "Java-http-client/17";

    private volatile boolean begun;

    void onEnd(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    /** To be called with each request over HTTP/2, on its event loop. */
    public void take(HttpServerRequest request) {
        request.headers().set(HttpHeaders.USER_AGENT, LEFT_ALONE);
        if (begun) {
            // Sent once: a second time says nothing new.
            request.connection().goAway(NO_ERROR, Integer.MAX_VALUE);
        }
    }
}
