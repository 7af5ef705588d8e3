package dev.tollkeeper.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RetryScheduleProperties {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final int CASES = 5_000;

    private final Random random = new Random(20261130);

    @Test
    void everyWaitIsTheSchedulesOrUpToAFifthLonger() {
        IntStream.range(0, CASES).forEach(i -> {
            // Given
            int attempts = 1 + random.nextInt(RetrySchedule.WAITS.size());
            Duration wait = RetrySchedule.WAITS.get(attempts - 1);
            // When
            Instant next = RetrySchedule.next(attempts, Optional.empty(), NOW, random).orElseThrow();
            // Then
            assertThat(Duration.between(NOW, next)).isBetween(wait, wait.multipliedBy(6).dividedBy(5));
        });
    }

    /** Seen to fail with the same wait of five hours each time. */
    @Test
    void eachWaitIsLongerThanTheOneBefore() {
        assertThat(RetrySchedule.WAITS).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void waitsDiffer() {
        // When
        long different = IntStream.range(0, 100).mapToObj(i -> RetrySchedule.next(2, Optional.empty(), NOW, random)).distinct()
                .count();
        // Then
        assertThat(different).isGreaterThan(90);
    }

    @Test
    void aReceiverCanAskForLongerButNotForShorterNorForever() {
        IntStream.range(0, CASES).forEach(i -> {
            // Given
            int attempts = 1 + random.nextInt(RetrySchedule.WAITS.size());
            Duration asked = Duration.ofSeconds(random.nextInt(1_000_000));
            // When
            Instant next = RetrySchedule.next(attempts, Optional.of(asked), NOW, random).orElseThrow();
            // Then
            Duration most = asked.compareTo(RetrySchedule.LONGEST_ASKED_FOR) < 0 ? asked : RetrySchedule.LONGEST_ASKED_FOR;
            assertThat(Duration.between(NOW, next)).isGreaterThanOrEqualTo(RetrySchedule.WAITS.get(attempts - 1))
                    .isGreaterThanOrEqualTo(most)
                    .isLessThanOrEqualTo(RetrySchedule.LONGEST_ASKED_FOR);
        });
    }

    @Test
    void afterTheLastWaitItIsGivenUp() {
        assertThat(RetrySchedule.next(RetrySchedule.WAITS.size() + 1, Optional.of(Duration.ofSeconds(1)), NOW, random))
                .isEmpty();
    }

    @Test
    void allAttemptsTogetherTakeADayAndAHalfOrLess() {
        assertThat(RetrySchedule.WAITS.stream().reduce(Duration.ZERO, Duration::plus)).isBetween(Duration.ofHours(24),
                Duration.ofHours(36));
    }
}
