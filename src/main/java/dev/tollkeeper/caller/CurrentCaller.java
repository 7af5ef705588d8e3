package dev.tollkeeper.caller;

import jakarta.inject.Singleton;

import org.jboss.logmanager.MDC;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

/** The caller of the request at hand, as the access check found them. Read it before the first asynchronous step. */
@Singleton
public class CurrentCaller {
    private static final String CALLER = "tollkeeper.caller";

    private final CurrentVertxRequest current;

    CurrentCaller(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * Who calls.
     *
     * @throws DomainError where nobody was found: a route that needs a caller never runs without one
     */
    public Caller get() {
        Caller caller = of(current.getCurrent());
        if (caller == null) {
            throw DomainError.of(ErrorCode.CREDENTIALS_MISSING, "This call needs a credential.");
        }
        return caller;
    }

    /** The caller of a request, null where none was found. */
    public static Caller of(RoutingContext request) {
        return request == null ? null : request.get(CALLER);
    }

    /** Remembers who calls, and has the log tell it; for the access check alone. */
    public static void set(RoutingContext request, Caller caller) {
        request.put(CALLER, caller);
        MDC.put("caller_id", caller.callerId().toString());
        caller.onlyTeam().ifPresent(team -> MDC.put("team_id", team.toString()));
    }
}
