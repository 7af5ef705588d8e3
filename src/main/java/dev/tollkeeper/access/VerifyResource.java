package dev.tollkeeper.access;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/**
 * Judges a key that somebody else was presented: for gateways and services. Always answers 200 with the verdict. Most
 * requests never come here: {@link VerifyRoute} answers them before.
 */
@Path(VerifyRoute.PATH)
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Verification")
class VerifyResource {
    private final Verification verification;
    private final AddressTexts addresses;
    private final CurrentCaller caller;

    VerifyResource(Verification verification, AddressTexts addresses, CurrentCaller caller) {
        this.verification = verification;
        this.addresses = addresses;
        this.caller = caller;
    }

    @POST
    @Requires(Scope.KEYS_VERIFY)
    @Operation(operationId = "verifyKey", summary = "Verify a key", description = "Judges a key of the caller's team in a fixed "
            + "order and, where it is valid, counts the use. A key of another team is `key_invalid`.")
    public Uni<VerdictAnswer> verify(@NotNull @Valid VerifyBody body) {
        Caller asking = caller.get();
        return verification.answer(team -> asking.roleIn(team).isPresent(), body, address(body.ip()));
    }

    private String address(String ip) {
        if (ip == null) {
            return null;
        }
        return addresses.canonical(ip)
                .orElseThrow(() -> DomainError.invalidField("ip", "must be one IPv4 or IPv6 address"));
    }
}
