package dev.tollkeeper.access;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.token.UserTokens;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * The cookie in which the console keeps a user's token, out of reach of its scripts. Browsers send cookies by themselves,
 * so it counts only in requests that no page of another site can make: those with a header of the console's own, which
 * takes another site a permission that this service never gives (see ADR 12).
 */
@Singleton
public class ConsoleSession {
    /** What the console sends with each request, with the value {@code 1}. */
    public static final String HEADER = "X-Tollkeeper-Console";
    private static final String NAME = "tollkeeper_session";
    /** Browsers take a cookie of such a name over TLS only, from this very host, and for all of it (RFC 6265bis §4.1.3.2). */
    private static final String NAME_OVER_TLS = "__Host-" + NAME;

    private final ClientTls tls;
    private final UserTokens tokens;

    ConsoleSession(ClientTls tls, UserTokens tokens) {
        this.tls = tls;
        this.tokens = tokens;
    }

    /** Whether a request comes from the console, and not from another site's page. */
    public static boolean isFromConsole(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String site = headers.get("Sec-Fetch-Site");
        return "1".equals(headers.get(HEADER)) && (site == null || site.equals("same-origin"));
    }

    /** The token in a request's cookie; empty also where the cookie does not count. */
    public Optional<String> token(HttpServerRequest request) {
        if (!isFromConsole(request)) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.getCookie(name(request))).map(Cookie::getValue).filter(text -> !text.isEmpty());
    }

    /** The user whose token a request's cookie holds, if it still is one's; from here on the request's caller. */
    public Uni<Optional<UserCaller>> user(RoutingContext request) {
        Optional<String> token = token(request.request());
        if (token.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom().deferred(() -> tokens.verify(token.get()))
                .invoke(user -> CurrentCaller.set(request, user))
                .map(Optional::of)
                .onFailure(DomainError.Plain.class).recoverWithItem(Optional.empty());
    }

    /** The {@code Set-Cookie} that keeps a token in the browser for so long. */
    public String keep(HttpServerRequest request, String token, long seconds) {
        return name(request) + '=' + token + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (tls.of(request) ? "; Secure" : "");
    }

    /** The {@code Set-Cookie} that takes it out again. */
    public String forget(HttpServerRequest request) {
        return keep(request, "", 0);
    }

    private String name(HttpServerRequest request) {
        return tls.of(request) ? NAME_OVER_TLS : NAME;
    }
}
