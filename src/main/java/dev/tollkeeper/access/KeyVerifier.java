package dev.tollkeeper.access;

import java.time.Clock;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.key.KeySecret;
import io.smallrye.mutiny.Uni;

/** Judges a presented key, up to its address. The one place where that is done: every way in comes through here. */
@Singleton
class KeyVerifier {
    private final KeyFinder keys;
    private final Clock clock;

    KeyVerifier(KeyFinder keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The verdict on a presented text.
     *
     * @param address the end client's address, null where it is not known: then a key with address rules is refused
     */
    Uni<Verdict> judge(String presented, String address) {
        Optional<KeySecret> secret = KeySecret.parse(presented);
        if (secret.isEmpty()) {
            return Uni.createFrom().item(Verdict.Refused.unknown());
        }
        return keys.find(secret.get())
                .map(found -> found.map(key -> judge(key, address)).orElseGet(Verdict.Refused::unknown));
    }

    private Verdict judge(KeyRecord key, String address) {
        return KeyChecks.failing(key, clock.instant(), address)
                .<Verdict>map(code -> new Verdict.Refused(code, Optional.of(key)))
                .orElseGet(() -> new Verdict.Accepted(key));
    }
}
