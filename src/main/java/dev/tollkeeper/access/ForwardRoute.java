package dev.tollkeeper.access;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.tollkeeper.access.VerificationMetrics.Adapter;
import dev.tollkeeper.http.Answering;
import dev.tollkeeper.http.ProblemWriter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Forward authentication, as nginx {@code auth_request}, Traefik ForwardAuth and Caddy {@code forward_auth} ask for it:
 * the end client's own request without its body, of any method. The answer's status is the verdict.
 * <p>
 * A route below JAX-RS and before every filter: it stands before each request of the paid API, see ADR 9.
 */
@Singleton
class ForwardRoute {
    static final String PATH = "/api/auth/forward";

    private final Gate gate;
    private final ClientAddresses addresses;
    private final VerificationMetrics metrics;

    ForwardRoute(Gate gate, ClientAddresses addresses, VerificationMetrics metrics) {
        this.gate = gate;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    void register(@Observes Router router) {
        router.route(PATH).order(Integer.MIN_VALUE).handler(this::judge);
    }

    private void judge(RoutingContext request) {
        long since = System.nanoTime();
        // A body is not looked at, but has to pass before the connection is of use again.
        request.request().resume();
        Answering.begin(request);
        MultiMap headers = request.request().headers();
        List<String> authorizations = headers.getAll(CredentialFinder.AUTHORIZATION);
        List<String> apiKeys = headers.getAll(CredentialFinder.API_KEY);
        String address = addresses.of(request.request());
        Gate.Answer atOnce = gate.judgeAtOnce(authorizations, apiKeys, address);
        if (atOnce != null) {
            respond(request, atOnce, since);
        } else {
            gate.judge(authorizations, apiKeys, address).subscribe().with(answer -> respond(request, answer, since),
                    request::fail);
        }
    }

    private void respond(RoutingContext request, Gate.Answer answer, long since) {
        metrics.count(Adapter.FORWARD_AUTH, answer, since);
        HttpServerResponse response = request.response();
        if (response.closed()) {
            // An answer to an HTTP/2 stream that its client has reset ends every other on the connection.
            return;
        }
        if (answer instanceof Gate.Answer.Passed passed) {
            RateHeaders.write(response, passed.rate());
            passed.key().identity().write(response.headers());
            response.end();
        } else {
            Gate.Answer.Refused refused = (Gate.Answer.Refused) answer;
            RateHeaders.write(response, refused.rate());
            ProblemWriter.write(request, refused.error());
        }
    }
}
