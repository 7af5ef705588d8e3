package dev.tollkeeper.access;

import java.util.List;
import java.util.Optional;

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
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.http.RequestInfo;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.KeyUses;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Forward authentication, as nginx {@code auth_request}, Traefik ForwardAuth and Caddy {@code forward_auth} ask for it:
 * the end client's own request without its body, of any method. The answer's status is the verdict.
 */
@Path("api/auth/forward")
@Cancellable(false)
@PermitAll
@Singleton
@Tag(name = "Verification")
class ForwardResource {
    private final KeyVerifier verifier;
    private final Admission admission;
    private final KeyUses uses;

    ForwardResource(KeyVerifier verifier, Admission admission, KeyUses uses) {
        this.verifier = verifier;
        this.admission = admission;
        this.uses = uses;
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
        Optional<Credential> credential = CredentialFinder.find(request.request().headers());
        if (credential.isEmpty()) {
            throw DomainError.of(ErrorCode.CREDENTIALS_MISSING,
                    "This API needs an API key: send 'Authorization: Bearer <API key>'.");
        }
        String address = RequestInfo.clientAddress(request);
        return verifier.judge(credential.get().text(), address).chain(verdict -> admit(verdict, address, request.response()));
    }

    private Uni<RestResponse<Void>> admit(Verdict verdict, String address, HttpServerResponse response) {
        if (verdict instanceof Verdict.Refused refused) {
            throw Refusals.error(refused.code());
        }
        KeyRecord key = ((Verdict.Accepted) verdict).key();
        return admission.admit(key, List.of(), 1).map(result -> {
            RateHeaders.write(response, result.rate());
            result.refusal().ifPresent(code -> {
                throw code == ErrorCode.RATE_LIMITED ? Refusals.rateLimited(result.rate()) : Refusals.error(code);
            });
            uses.record(key.teamId(), key.keyId(), address);
            return allowed(key);
        });
    }

    private static RestResponse<Void> allowed(KeyRecord key) {
        return RestResponse.ResponseBuilder.<Void>ok()
                .header("X-Tollkeeper-Key-Id", key.keyId())
                .header("X-Tollkeeper-Key-Name", HeaderText.of(key.name()))
                .header("X-Tollkeeper-Team-Id", key.teamId())
                .header("X-Tollkeeper-Project-Id", key.projectId())
                .header("X-Tollkeeper-User-Id", key.userId())
                .header("X-Tollkeeper-Scopes", String.join(" ", key.scopes().stream().sorted().toList()))
                .build();
    }
}
