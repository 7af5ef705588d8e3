package dev.tollkeeper.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a delivery that failed is tried again: at growing distances, for about a day and a half in all. */
final class RetrySchedule {
    /** The waits after the first attempt, the second, and so on. */
    static final List<Duration> WAITS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30),
            Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14));
    /** A receiver that asks for longer is asked again then, all the same. */
    static final Duration LONGEST_ASKED_FOR = Duration.ofHours(24);
    /** Up to a fifth is added by chance, so that what failed together does not come back together. */
    private static final int JITTER = 5;

    private RetrySchedule() {
    }

    /**
     * When to try again; empty where it is given up.
     *
     * @param attempts how many there were
     * @param retryAfter how long the receiver asks to wait; empty where it does not
     */
    static Optional<Instant> next(int attempts, Optional<Duration> retryAfter, Instant now, RandomGenerator random) {
        if (attempts > WAITS.size()) {
            return Optional.empty();
        }
        Duration wait = WAITS.get(attempts - 1);
        Duration jittered = wait.plusMillis(random.nextLong(wait.toMillis() / JITTER));
        Duration asked = retryAfter.map(duration -> min(duration, LONGEST_ASKED_FOR)).orElse(Duration.ZERO);
        return Optional.of(now.plus(asked.compareTo(jittered) > 0 ? asked : jittered));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
