package dev.tollkeeper.access;

import java.util.EnumSet;
import java.util.Set;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import io.smallrye.mutiny.Uni;

/**
 * Answers a change of keys, settings, teams or budgets once this replica itself has heard of it: so what was answered is in force
 * here at once, and on the others as soon as they hear.
 */
@Singleton
class CatchUpFilter {
    private static final Set<Scope> CHANGES = EnumSet.of(Scope.KEYS_WRITE, Scope.SETTINGS_WRITE, Scope.USERS_WRITE,
            Scope.BILLING_WRITE);
    private static final int FIRST_FAILURE = 300;

    private final ChangeChannel channel;

    CatchUpFilter(ChangeChannel channel) {
        this.channel = channel;
    }

    @ServerResponseFilter
    Uni<Void> catchUp(ContainerResponseContext response, ResourceInfo resource) {
        if (response.getStatus() >= FIRST_FAILURE || !isChange(resource)) {
            return Uni.createFrom().voidItem();
        }
        // With the channel cut the change holds here, too, within cache.max-age.
        return channel.mark().onFailure().recoverWithNull();
    }

    /** Where a request came to no method there is no resource either. */
    private static boolean isChange(ResourceInfo resource) {
        Requires required = resource == null || resource.getResourceMethod() == null
                ? null
                : resource.getResourceMethod().getAnnotation(Requires.class);
        return required != null && CHANGES.contains(required.value());
    }
}
