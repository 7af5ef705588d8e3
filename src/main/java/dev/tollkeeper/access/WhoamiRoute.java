package dev.tollkeeper.access;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers {@code GET /api/auth/whoami} below JAX-RS for a key that memory tells to be good; others go on to {@link WhoamiResource}. */
@Singleton
class WhoamiRoute {
    static final String PATH = "/api/auth/whoami";

    private final PlainCallers callers;
    private final PlainJson json;

    WhoamiRoute(PlainCallers callers, ObjectMapper mapper) {
        this.callers = callers;
        this.json = new PlainJson(mapper.writerFor(Whoami.class));
    }

    void register(@Observes Router router) {
        router.get(PATH).order(Integer.MIN_VALUE).handler(this::answer);
    }

    private void answer(RoutingContext request) {
        HttpServerRequest asked = request.request();
        boolean plain = asked.query() == null && PlainJson.isTaken(asked.headers());
        PlainCallers.PlainCaller caller = plain ? callers.find(asked) : null;
        if (caller == null) {
            request.next();
            return;
        }
        asked.resume();
        callers.used(caller);
        PlainJson.respond(request, caller.key().whoami().json(() -> whoami(caller)));
    }

    private byte[] whoami(PlainCallers.PlainCaller caller) {
        return json.write(Whoami.of(AccessMechanism.caller(caller.key(), caller.address())));
    }
}
