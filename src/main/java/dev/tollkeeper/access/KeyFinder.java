package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.tollkeeper.database.CallersContext;
import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Peppers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;

/**
 * Finds the key of a secret: from what this replica remembers, while that is known to be right, else from the database.
 * Callers who miss the same key at once share one look-up. Without the database, what is remembered serves a while longer.
 */
@Singleton
class KeyFinder {
    private static final Logger LOG = Logger.getLogger(KeyFinder.class);
    static final int MOST_UNKNOWN = 50_000;
    private static final String ENTRIES = "tollkeeper.cache.entries";

    private final KeyLookup lookup;
    private final Remembered<SecretDigest, KeyRecord> cache;
    private final Freshness freshness;
    private final Duration lookupTimeout;
    private final Peppers peppers;
    private final Clock clock;
    /** A secret of nothing stays one: secrets are made with the key, and nobody has them before. Kept apart, so that no guesses crowd out keys. */
    private final Cache<SecretDigest, Boolean> unknown;
    private final ConcurrentMap<SecretDigest, CompletableFuture<Optional<KeyRecord>>> underWay = new ConcurrentHashMap<>();
    private final AtomicBoolean probing = new AtomicBoolean();
    /** When a look-up last failed for want of the database; by {@link System#nanoTime()}, long ago once one has succeeded. */
    private volatile long failedAt;
    private final Timer found;
    private final Timer nobodys;
    private final Timer failed;

    KeyFinder(KeyLookup lookup, Remembered<SecretDigest, KeyRecord> cache, Freshness freshness, CacheSettings settings,
            Peppers peppers, MeterRegistry metrics, Clock clock) {
        this.lookup = lookup;
        this.cache = cache;
        this.freshness = freshness;
        this.lookupTimeout = settings.lookupTimeout();
        this.peppers = peppers;
        this.clock = clock;
        this.failedAt = longAgo();
        this.unknown = Caffeine.newBuilder().maximumSize(MOST_UNKNOWN).expireAfterWrite(freshness.maxAge()).build();
        Gauge.builder(ENTRIES, cache, Remembered::size).tag("cache", "keys")
                .description("Keys that this replica remembers").register(metrics);
        Gauge.builder(ENTRIES, unknown, Cache::estimatedSize).tag("cache", "unknown_secrets")
                .description("Secrets of nothing that this replica remembers").register(metrics);
        this.found = timer(metrics, "found");
        this.nobodys = timer(metrics, "unknown");
        this.failed = timer(metrics, "failed");
    }

    private static Timer timer(MeterRegistry metrics, String outcome) {
        return Timer.builder("tollkeeper.key.lookup")
                .description("Look-ups of keys in the database, those that were not remembered")
                .tag("outcome", outcome).register(metrics);
    }

    /**
     * What this replica knows of a secret.
     *
     * @param key its key, empty for a secret of nothing
     */
    record Known(Optional<KeyRecord> key) {
        private static final Known NOTHING = new Known(Optional.empty());
    }

    /** What is known of a secret without asking the database, null where it has to be asked. */
    Known remembered(KeySecret secret) {
        return remembered(digest(secret), secret);
    }

    private Known remembered(SecretDigest digest, KeySecret secret) {
        Remembered.Entry<KeyRecord> entry = freshness.find(cache, digest);
        if (entry != null) {
            return new Known(live(entry.value()));
        }
        entry = isOutOfReach() ? freshness.findWithoutDatabase(cache, digest) : null;
        if (entry != null) {
            probe(digest, secret);
            return new Known(live(entry.value()));
        }
        return unknown.getIfPresent(digest) == null ? null : Known.NOTHING;
    }

    private SecretDigest digest(KeySecret secret) {
        return new SecretDigest(KeyDigest.of(secret, peppers.newest()));
    }

    /** The key of a secret, empty for a secret of nothing; fails where the database is needed and cannot be reached. */
    Uni<Optional<KeyRecord>> find(KeySecret secret) {
        SecretDigest digest = digest(secret);
        Known known = remembered(digest, secret);
        if (known != null) {
            return Uni.createFrom().item(known.key());
        }
        return onThisContext(shared(digest, secret))
                .onFailure(DatabaseFailures::isUnreachable)
                .recoverWithUni(failed -> withoutDatabase(digest, failed));
    }

    /** What is remembered, looked at again: a change may have been heard of while the look-up failed. */
    private Uni<Optional<KeyRecord>> withoutDatabase(SecretDigest digest, Throwable failure) {
        Remembered.Entry<KeyRecord> entry = freshness.findWithoutDatabase(cache, digest);
        return entry != null
                ? Uni.createFrom().item(live(entry.value()))
                : Uni.createFrom().failure(failure);
    }

    /** A secret that was rotated out is one of nothing once its overlap has ended. */
    private Optional<KeyRecord> live(KeyRecord key) {
        boolean ended = key.secretValidUntil() != null && !clock.instant().isBefore(key.secretValidUntil());
        return ended ? Optional.empty() : Optional.of(key);
    }

    /**
     * Whether the database failed when it was last asked: then nobody waits for it who can be answered without. After max-age
     * it is asked again, so that nothing is served beyond that where it is back and only the channel is still cut.
     */
    private boolean isOutOfReach() {
        return probing.get() || System.nanoTime() - failedAt < freshness.maxAge().toNanos();
    }

    /** Finds out whether the database is back, one look-up at a time; what comes of it is noted where it ends. */
    private void probe(SecretDigest digest, KeySecret secret) {
        if (probing.compareAndSet(false, true)) {
            onThisContext(shared(digest, secret))
                    .onTermination().invoke(() -> probing.set(false))
                    .subscribe().with(found -> LOG.debug("The database is back"),
                            failed -> LOG.debugf("The database is still out of reach: %s", failed.toString()));
        }
    }

    private long longAgo() {
        return System.nanoTime() - freshness.maxAge().toNanos();
    }

    private CompletableFuture<Optional<KeyRecord>> shared(SecretDigest digest, KeySecret secret) {
        var mine = new CompletableFuture<Optional<KeyRecord>>();
        var running = underWay.putIfAbsent(digest, mine);
        if (running != null) {
            return running;
        }
        load(digest, secret).subscribe().with(found -> end(digest, mine, found, null),
                failed -> end(digest, mine, null, failed));
        return mine;
    }

    private void end(SecretDigest digest, CompletableFuture<Optional<KeyRecord>> load, Optional<KeyRecord> found,
            Throwable failure) {
        underWay.remove(digest, load);
        if (failure == null) {
            failedAt = longAgo();
            load.complete(found);
            return;
        }
        if (DatabaseFailures.isUnreachable(failure)) {
            failedAt = System.nanoTime();
        }
        load.completeExceptionally(failure);
    }

    private Uni<Optional<KeyRecord>> load(SecretDigest digest, KeySecret secret) {
        Timer.Sample since = Timer.start();
        return lookup.find(secret, digest)
                .ifNoItem().after(lookupTimeout).failWith(() -> new TimeoutException("a key was not looked up in time"))
                .onItem().invoke(key -> since.stop(key.isPresent() ? found : nobodys))
                .onFailure().invoke(() -> since.stop(failed))
                .map(key -> remember(digest, key));
    }

    /** What is counted down with each use, as a balance with a floor is, too, is looked up each time. */
    private Optional<KeyRecord> remember(SecretDigest digest, Optional<Remembered.Entry<KeyRecord>> found) {
        if (found.isEmpty()) {
            unknown.put(digest, true);
            return Optional.empty();
        }
        KeyRecord key = found.get().value();
        if (key.remainingUses() == null && key.available() == null) {
            cache.put(digest, found.get());
        }
        return Optional.of(key);
    }

    /**
     * A shared look-up completes on the context of whoever began it; each caller goes on where it was. Each waits on a copy:
     * a caller who goes away cancels that, and not the look-up of the others.
     */
    private static Uni<Optional<KeyRecord>> onThisContext(CompletableFuture<Optional<KeyRecord>> shared) {
        return CallersContext.resume(shared::copy);
    }
}
