package dev.tollkeeper.access;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * How long verdicts take, by the way of asking and by what they say: {@code tollkeeper_verification_seconds}. They are not
 * among the HTTP server's own metrics.
 */
@Singleton
class VerificationMetrics {
    /** The ways of asking. */
    enum Adapter {
        FORWARD_AUTH("forward_auth"),
        VERIFY("verify"),
        EXT_AUTHZ("ext_authz");

        private final String word;

        Adapter(String word) {
            this.word = word;
        }
    }

    private static final Duration[] BUCKETS = {Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(5),
            Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(5)};

    private final MeterRegistry registry;
    private final Map<Adapter, ConcurrentMap<String, Timer>> timers = new EnumMap<>(Adapter.class);

    VerificationMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Adapter adapter : Adapter.values()) {
            timers.put(adapter, new ConcurrentHashMap<>(Map.of(VerdictAnswer.VALID, timer(adapter, VerdictAnswer.VALID))));
        }
    }

    /** Counts a gate's answer. */
    void count(Adapter adapter, Gate.Answer answer, long sinceNanos) {
        count(adapter, answer instanceof Gate.Answer.Refused refused ? refused.error().code().word() : VerdictAnswer.VALID,
                sinceNanos);
    }

    /** Counts a verdict by its code, {@code valid} or why it refuses. */
    void count(Adapter adapter, String code, long sinceNanos) {
        ConcurrentMap<String, Timer> byCode = timers.get(adapter);
        Timer known = byCode.get(code);
        // computeIfAbsent alone may lock for what is there, each time.
        Timer timer = known != null ? known : byCode.computeIfAbsent(code, first -> timer(adapter, first));
        timer.record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Adapter adapter, String code) {
        return Timer.builder("tollkeeper.verification").description("How long verdicts on API keys take")
                .tag("adapter", adapter.word).tag("code", code).serviceLevelObjectives(BUCKETS).register(registry);
    }
}
