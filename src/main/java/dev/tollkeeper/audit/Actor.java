package dev.tollkeeper.audit;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.http.RequestInfo;
import io.vertx.ext.web.RoutingContext;

/**
 * Who did something, and from where.
 *
 * @param type {@code api_key}, {@code user} or {@code system}
 * @param id the key's or user's id; null for the system
 * @param name the key's name or the user's address
 */
record Actor(String type, String id, String name, String ip, String userAgent, String requestId) {
    /** The service itself: bootstrap and scheduled work. */
    static final Actor SYSTEM = new Actor("system", null, "tollkeeper", null, null, null);
    /** An operator at the machine's own command line. */
    static final Actor COMMAND_LINE = new Actor("system", null, "command line", null, null, null);

    /** Who makes this request; the system where there is none. */
    static Actor of(RoutingContext request) {
        if (request == null) {
            return SYSTEM;
        }
        Caller caller = CurrentCaller.of(request);
        String ip = RequestInfo.clientAddress(request);
        String agent = RequestInfo.userAgent(request);
        String id = RequestInfo.requestId(request);
        if (caller instanceof KeyCaller key) {
            return new Actor("api_key", key.keyId().toString(), key.keyName(), ip, agent, id);
        }
        if (caller instanceof UserCaller user) {
            return new Actor("user", user.userId().toString(), user.email(), ip, agent, id);
        }
        return new Actor("system", null, "unknown caller", ip, agent, id);
    }
}
