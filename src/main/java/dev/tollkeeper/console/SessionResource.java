package dev.tollkeeper.console;

import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.access.ConsoleSession;
import dev.tollkeeper.http.RequestInfo;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.token.SignInBody;
import dev.tollkeeper.team.token.SignInService;
import dev.tollkeeper.team.token.SignOutService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Signing in to the console and out of it. Not of the public API: programs use tokens. */
@Path("console/session")
@Cancellable(false)
class SessionResource {
    private final SignInService signIn;
    private final SignOutService signOut;
    private final ConsoleSession session;

    SessionResource(SignInService signIn, SignOutService signOut, ConsoleSession session) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.session = session;
    }

    @POST
    @PermitAll
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> begin(@NotNull @Valid SignInBody body, @Context RoutingContext request) {
        requireConsole(request.request());
        return signIn.signIn(body.email(), body.password(), RequestInfo.clientAddress(request))
                .map(issued -> session.keep(request.request(), issued.token(), issued.expiresInSeconds()))
                .map(SessionResource::answer);
    }

    /** Also where there is no session any more: the cookie goes in any case. */
    @DELETE
    @PermitAll
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> end(@Context RoutingContext request) {
        requireConsole(request.request());
        String token = session.token(request.request()).orElse("");
        return session.user(request)
                .chain(user -> user.map(known -> signOut.signOut(known, token)).orElse(Uni.createFrom().voidItem()))
                .map(ended -> answer(session.forget(request.request())));
    }

    private static void requireConsole(HttpServerRequest request) {
        if (!ConsoleSession.isFromConsole(request)) {
            throw DomainError.invalidRequest("Only the console's own pages call this; they send " + ConsoleSession.HEADER
                    + ". Programs sign in with POST /api/auth/token.");
        }
    }

    private static RestResponse<Void> answer(String cookie) {
        return RestResponse.ResponseBuilder.<Void>noContent().header(HttpHeaders.SET_COOKIE, cookie)
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
