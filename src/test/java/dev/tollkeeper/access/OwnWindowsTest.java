package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits that a replica counts by itself. */
class OwnWindowsTest extends WindowsContract {
    private final SkewedClock clock = new SkewedClock(Duration.ZERO);
    private final OwnWindows windows = new OwnWindows(clock, 1);

    @Override
    Take take(UUID key, RateLimit limit, int uses) {
        return windows.take(key, limit, uses);
    }

    @Override
    void end(UUID key, RateLimit limit) {
        clock.advance(Duration.ofMillis(limit.windowMillis()));
    }

    /** A window of a month was once forgotten when its key was idle for a day. */
    @Test
    void anIdleKeysWindowIsNotForgottenBeforeItEnds() {
        // Given
        var month = new RateLimit(1, 31 * 24 * HOUR);
        windows.take(key, month, 1);
        // When
        clock.advance(Duration.ofDays(30));
        // Then
        assertThat(windows.take(key, month, 1).taken()).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(windows.take(key, month, 1).taken()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10,3,3", "9,3,3", "2,3,1", "10,1,10"})
    void eachReplicaEnforcesItsShare(int limit, int replicas, int share) {
        // Given
        var one = new OwnWindows(clock, replicas);
        // When
        long taken = IntStream.range(0, 20).filter(i -> one.take(key, new RateLimit(limit, HOUR), 1).taken()).count();
        // Then
        assertThat(taken).isEqualTo(share);
        assertThat(one.take(key, new RateLimit(limit, HOUR), 0).state().limit()).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({"1,40,10", "3,40,2", "3,50,0", "3,0,16"})
    void aReplicaGoesOnFromWhatAllHaveUsed(int replicas, int used, int left) {
        // Given
        var one = new OwnWindows(clock, replicas);
        var limit = new RateLimit(50, HOUR);
        // When
        one.follow(key, limit, used, 1000);
        // Then: what all are left together is no more than what is left of the limit
        assertThat(one.take(key, limit, 0).state().remaining()).isEqualTo(left);
        clock.advance(Duration.ofSeconds(1));
        assertThat(one.take(key, limit, 0).state().remaining()).isEqualTo(50 / replicas);
    }
}
