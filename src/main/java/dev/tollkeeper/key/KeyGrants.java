package dev.tollkeeper.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/** Nobody gives a key more than they have: not a wider scope, a later expiry, or looser address rules. */
final class KeyGrants {
    private KeyGrants() {
    }

    /** Insists that the caller has all that this key would be able to do; of one who gets its secret. */
    static void requireAll(KeyActor actor, KeyDetails key) {
        requireScopes(actor, key.managementKey() ? key.scopes() : List.of());
        if (actor.caller() instanceof KeyCaller caller) {
            requireExpiry(caller, key.expiresAt());
            requireAddresses(caller, key.allowedIps());
        }
    }

    /** Insists that the caller has what a change adds; what a key already had, or loses, needs nothing. */
    static void requireChange(KeyActor actor, KeyDetails before, KeyDetails after) {
        if (after.managementKey()) {
            List<String> added = new ArrayList<>(after.scopes());
            added.removeAll(before.scopes());
            requireScopes(actor, added);
        }
        if (actor.caller() instanceof KeyCaller caller) {
            if (isLater(after.expiresAt(), before.expiresAt())) {
                requireExpiry(caller, after.expiresAt());
            }
            if (!within(after.allowedIps(), before.allowedIps())) {
                requireAddresses(caller, after.allowedIps());
            }
        }
    }

    private static void requireScopes(KeyActor actor, List<String> granted) {
        Set<String> own = actor.caller().scopesIn(actor.teamId()).stream().map(Scope::word).collect(Collectors.toSet());
        List<String> lacking = granted.stream().filter(scope -> !own.contains(scope)).toList();
        if (!lacking.isEmpty()) {
            throw exceeds("You lack scopes that this key would have: " + String.join(", ", lacking)
                    + ". Name only these in scopes: " + String.join(", ", own.stream().sorted().toList()) + ".");
        }
    }

    private static void requireExpiry(KeyCaller caller, Instant expiresAt) {
        if (isLater(expiresAt, caller.expiresAt())) {
            throw exceeds("Your key expires at " + caller.expiresAt() + ", so this one has to expire no later.");
        }
    }

    private static void requireAddresses(KeyCaller caller, List<String> allowedIps) {
        if (!within(allowedIps, caller.allowedIps())) {
            throw exceeds("Your key may be used from " + String.join(", ", caller.allowedIps())
                    + " only, so allowed_ips of this one has to lie within that.");
        }
    }

    private static boolean isLater(Instant expiry, Instant than) {
        return than != null && (expiry == null || expiry.isAfter(than));
    }

    /** Stored rules that cannot be read admit no address at all. */
    private static boolean within(List<String> rules, List<String> wider) {
        Optional<IpRules> inner = readable(rules);
        Optional<IpRules> outer = readable(wider);
        return inner.isEmpty() || (outer.isPresent() && inner.get().within(outer.get()));
    }

    private static Optional<IpRules> readable(List<String> stored) {
        try {
            return Optional.of(IpRules.parse(stored));
        } catch (IpRuleException corrupt) {
            return Optional.empty();
        }
    }

    private static DomainError exceeds(String sentence) {
        return DomainError.of(ErrorCode.GRANT_EXCEEDS_CREATOR, sentence);
    }
}
