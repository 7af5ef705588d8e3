package dev.tollkeeper.access;

import java.time.Duration;
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
    private final Timer[] valid = new Timer[Adapter.values().length];
    private final ConcurrentMap<String, Timer> refused = new ConcurrentHashMap<>();

    VerificationMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Adapter adapter : Adapter.values()) {
            valid[adapter.ordinal()] = timer(adapter, VerdictAnswer.VALID);
        }
    }

    /** Counts a gate's answer. */
    void count(Adapter adapter, Gate.Answer answer, long sinceNanos) {
        if (answer instanceof Gate.Answer.Refused refused) {
            refused(adapter, refused.error().code().word(), sinceNanos);
        } else {
            valid(adapter, sinceNanos);
        }
    }

    /** Counts a verdict that says yes. */
    void valid(Adapter adapter, long sinceNanos) {
        valid[adapter.ordinal()].record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }

    /** Counts a verdict that says no, or that nobody can tell. */
    void refused(Adapter adapter, String code, long sinceNanos) {
        refused.computeIfAbsent(adapter.word + ' ' + code, name -> timer(adapter, code))
                .record(System.nanoTime() - sinceNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Adapter adapter, String code) {
        return Timer.builder("tollkeeper.verification").description("How long verdicts on API keys take")
                .tag("adapter", adapter.word).tag("code", code).serviceLevelObjectives(BUCKETS).register(registry);
    }
}
