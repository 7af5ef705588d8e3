package dev.tollkeeper.access;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.KeyUses;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Holds management calls to what {@link Requires} asks, before their bodies are read. */
@Singleton
class AccessFilter {
    private final Admission admission;
    private final KeyUses uses;

    AccessFilter(Admission admission, KeyUses uses) {
        this.admission = admission;
        this.uses = uses;
    }

    @ServerRequestFilter
    Uni<Void> check(ResourceInfo resource, RoutingContext request) {
        Requires required = resource.getResourceMethod().getAnnotation(Requires.class);
        Caller caller = CurrentCaller.of(request);
        if (required != null) {
            check(required, caller);
        }
        KeyRecord key = AccessMechanism.keyOf(request);
        return key == null
                ? Uni.createFrom().voidItem()
                : pace(key, request).invoke(() -> uses.record(key.teamId(), key.keyId(), ((KeyCaller) caller).address()));
    }

    private static void check(Requires required, Caller caller) {
        if (caller == null) {
            throw DomainError.of(ErrorCode.CREDENTIALS_MISSING,
                    "This call needs a credential: send 'Authorization: Bearer <API key or user token>'.");
        }
        if (caller instanceof KeyCaller key && !key.managementKey()) {
            throw DomainError.of(ErrorCode.MANAGEMENT_KEY_REQUIRED,
                    "The provided API key is not a management key. A management API key must be used as the Bearer token.");
        }
        if (required.operator()) {
            caller.requireOperator();
        }
        if (caller instanceof KeyCaller key && !key.scopes().contains(required.value())) {
            throw DomainError.of(ErrorCode.SCOPE_MISSING,
                    "This management key lacks the scope " + required.value().word() + ". Use a key that has it.");
        }
    }

    private Uni<Void> pace(KeyRecord key, RoutingContext request) {
        return admission.pace(key, 1)
                .invoke(paced -> {
                    RateHeaders.write(request.response(), paced.rate());
                    if (paced.refusal().isPresent()) {
                        throw Refusals.rateLimited(paced.rate());
                    }
                })
                .replaceWithVoid();
    }
}
