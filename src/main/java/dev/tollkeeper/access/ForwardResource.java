package dev.tollkeeper.access;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import dev.tollkeeper.http.RequestInfo;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Forward authentication, as nginx {@code auth_request}, Traefik ForwardAuth and Caddy {@code forward_auth} ask for it:
 * the end client's own request without its body, of any method. The answer's status is the verdict.
 */
@Path("api/auth/forward")
@PermitAll
@Singleton
@Tag(name = "Verification")
class ForwardResource {
    private final Gate gate;

    ForwardResource(Gate gate) {
        this.gate = gate;
    }

    @GET
    @Operation(operationId = "forwardAuth", summary = "Judge a request by its own credential", description = "Answers 200 with an "
            + "empty body and the key's identity in `X-Tollkeeper-*` headers, or the error that the end client gets. Any method.")
    @APIResponse(responseCode = "200", description = "The request may pass")
    public Uni<RestResponse<Void>> get(@Context RoutingContext request) {
        return judge(request);
    }

    @HEAD
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> head(@Context RoutingContext request) {
        return judge(request);
    }

    @POST
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> post(@Context RoutingContext request) {
        return judge(request);
    }

    @PUT
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> put(@Context RoutingContext request) {
        return judge(request);
    }

    @PATCH
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> patch(@Context RoutingContext request) {
        return judge(request);
    }

    @DELETE
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> delete(@Context RoutingContext request) {
        return judge(request);
    }

    @OPTIONS
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> options(@Context RoutingContext request) {
        return judge(request);
    }

    private Uni<RestResponse<Void>> judge(RoutingContext request) {
        MultiMap headers = request.request().headers();
        return gate.judge(headers.getAll(CredentialFinder.AUTHORIZATION), headers.getAll(CredentialFinder.API_KEY),
                RequestInfo.clientAddress(request))
                .map(answer -> respond(answer, request.response()));
    }

    private static RestResponse<Void> respond(Gate.Answer answer, HttpServerResponse response) {
        if (answer instanceof Gate.Answer.Refused refused) {
            RateHeaders.write(response, refused.rate());
            throw refused.error();
        }
        Gate.Answer.Passed passed = (Gate.Answer.Passed) answer;
        RateHeaders.write(response, passed.rate());
        var allowed = RestResponse.ResponseBuilder.<Void>ok();
        IdentityHeaders.write(passed.key(), allowed::header);
        return allowed.build();
    }
}
