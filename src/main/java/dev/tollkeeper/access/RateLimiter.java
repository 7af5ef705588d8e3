package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import dev.tollkeeper.access.RateSettings.WithoutRedis;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.start.ServiceStart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;

/**
 * Counts uses of keys in windows: at most {@code limit} in each. Where there is a Redis all replicas count together in it;
 * else, or while it is out of reach, each counts by itself.
 * <p>
 * Application scoped, since filters are made before there is a configuration to make this from.
 */
@ApplicationScoped
class RateLimiter {
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    private final OwnWindows own;
    private final Optional<SharedWindows> shared;
    private final WithoutRedis withoutRedis;
    private final Counter missed;

    RateLimiter(Clock clock, Vertx vertx, RateSettings settings, RedisSettings redis, TlsConfigurationRegistry tls,
            MeterRegistry metrics) {
        this.own = new OwnWindows(clock, settings.replicas());
        this.withoutRedis = settings.withoutRedis();
        this.shared = redis.url().map(url -> new SharedWindows(vertx, RedisAddress.options(url, tls), redis.timeout(), clock,
                own, meanwhile()));
        this.missed = Counter.builder("tollkeeper.rate.limit.without.redis").register(metrics);
        shared.ifPresent(windows -> Gauge.builder("tollkeeper.redis.up", () -> windows.isUp() ? 1 : 0).register(metrics));
    }

    /** So that a replica counts with the others from its first request on. Without Redis it starts all the same. */
    void onStart(@Observes ServiceStart event) {
        shared.ifPresent(windows -> UniHelper.toUni(windows.start()).await().atMost(START_PATIENCE));
    }

    @PreDestroy
    void stop() {
        shared.ifPresent(SharedWindows::stop);
    }

    /** Whether this replica has to ask nobody: then {@link #takeHere} answers at once. */
    boolean countsHere() {
        return shared.isEmpty();
    }

    /** Takes uses from what this replica counts, if all of them are there. */
    Take takeHere(UUID keyId, RateLimit limit, int uses) {
        return own.take(keyId, limit, uses);
    }

    /** Takes uses if all of them are there; taking none only looks. Fails where Redis is needed and out of reach. */
    Uni<Take> take(UUID keyId, RateLimit limit, int uses) {
        if (shared.isEmpty()) {
            return Uni.createFrom().item(takeHere(keyId, limit, uses));
        }
        return shared.get().take(keyId, limit, uses)
                .onFailure().recoverWithUni(failed -> withoutRedis(keyId, limit, uses));
    }

    private Uni<Take> withoutRedis(UUID keyId, RateLimit limit, int uses) {
        missed.increment();
        return withoutRedis == WithoutRedis.LOCAL
                ? Uni.createFrom().item(takeHere(keyId, limit, uses))
                : Uni.createFrom().failure(DomainError.tryLater(ErrorCode.UNAVAILABLE,
                        "The rate limit of this API key cannot be checked. Try again shortly.", Duration.ofSeconds(1)));
    }

    /** Where limits are counted at this moment. */
    String standing() {
        if (shared.isEmpty()) {
            return "by this replica";
        }
        return shared.get().isUp() ? "in Redis" : "Redis is out of reach: " + meanwhile();
    }

    private String meanwhile() {
        return withoutRedis == WithoutRedis.LOCAL
                ? "this replica counts rate limits by itself"
                : "keys with a rate limit are refused with 503";
    }
}
