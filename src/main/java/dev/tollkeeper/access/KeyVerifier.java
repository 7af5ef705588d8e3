package dev.tollkeeper.access;

import java.time.Clock;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.http.problem.ErrorCode;
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

    /** As {@link #judge}, from memory alone; null where only the database can tell. */
    Verdict judgeAtOnce(String presented, String address) {
        Optional<KeySecret> secret = KeySecret.parse(presented);
        if (secret.isEmpty()) {
            return Verdict.Refused.unknown();
        }
        KeyFinder.Known known = keys.remembered(secret.get());
        if (known == null) {
            return null;
        }
        return known.key().isEmpty() ? Verdict.Refused.unknown() : judge(known.key().get(), address);
    }

    private Verdict judge(KeyRecord key, String address) {
        Optional<ErrorCode> failing = KeyChecks.failing(key, clock.instant(), address);
        return failing.isEmpty() ? new Verdict.Accepted(key) : new Verdict.Refused(failing.get(), Optional.of(key));
    }
}
