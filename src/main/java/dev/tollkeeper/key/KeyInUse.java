package dev.tollkeeper.key;

import java.util.UUID;

import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/** A key cannot take away its own way in: whoever holds it would be locked out, perhaps by a slip. */
final class KeyInUse {
    private KeyInUse() {
    }

    /** Refuses that a key ends itself. */
    static void refuseEnding(KeyActor actor, UUID keyId) {
        if (actor.isItself(keyId)) {
            throw inUse("This is the key in use. Delete or revoke it with another key, or with a user token.");
        }
    }

    /** Refuses a change after which the key could not make this very call. */
    static void refuseLockOut(KeyActor actor, KeyDetails before, KeyDetails after) {
        if (!actor.isItself(after.id())) {
            return;
        }
        if (!after.enabled()) {
            throw inUse("This is the key in use: it cannot disable itself. Use another key, or a user token.");
        }
        if (!after.scopes().contains(Scope.KEYS_WRITE.word())) {
            throw inUse("This is the key in use: it cannot give up keys:write. Use another key, or a user token.");
        }
        String address = ((KeyCaller) actor.caller()).address();
        if (!after.allowedIps().equals(before.allowedIps()) && !IpRules.parse(after.allowedIps()).allows(address)) {
            throw inUse("This is the key in use: allowed_ips has to allow the address you call from"
                    + (address == null ? "." : ", " + address + "."));
        }
    }

    private static DomainError inUse(String sentence) {
        return DomainError.of(ErrorCode.KEY_IN_USE, sentence);
    }
}
