package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.AtOnce;

/** What rate limits mean, wherever they are counted. */
abstract class WindowsContract {
    static final int HOUR = 3600;

    final UUID key = Ids.next();

    /** Takes uses; replicas that count together are asked in turn. */
    abstract Take take(UUID key, RateLimit limit, int uses);

    /** Makes the present window of a key end. */
    abstract void end(UUID key, RateLimit limit);

    private Take take(RateLimit limit, int uses) {
        return take(key, limit, uses);
    }

    private static void giveBack(Take take) {
        take.giveBack().await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void aWindowHoldsAsManyUsesAsTheLimitSays() {
        // Given
        var limit = new RateLimit(3, HOUR);
        // When
        List<Take> takes = IntStream.range(0, 4).mapToObj(i -> take(limit, 1)).toList();
        // Then
        assertThat(takes).extracting(Take::taken).containsExactly(true, true, true, false);
        assertThat(takes).extracting(take -> take.state().remaining()).containsExactly(2L, 1L, 0L, 0L);
        assertThat(takes).allSatisfy(take -> assertThat(take.state().resetSeconds()).isBetween(HOUR - 60L, (long) HOUR));
    }

    @Test
    void aWindowIsFullAgainWhenItEnds() {
        // Given
        var limit = new RateLimit(2, HOUR);
        take(limit, 2);
        // When
        end(key, limit);
        // Then
        assertThat(take(limit, 0).state()).isEqualTo(new RateState(2, HOUR, 2, 0));
        assertThat(take(limit, 1).state().remaining()).isEqualTo(1);
    }

    @Test
    void usesAreTakenTogetherOrNotAtAll() {
        // Given
        var limit = new RateLimit(5, HOUR);
        // When
        List<Take> takes = IntStream.of(6, 3, 3, 2).mapToObj(uses -> take(limit, uses)).toList();
        // Then
        assertThat(takes).extracting(Take::taken).containsExactly(false, true, false, true);
        assertThat(takes).extracting(take -> take.state().remaining()).containsExactly(5L, 2L, 2L, 0L);
    }

    @Test
    void lookingTakesNothingAndBeginsNoWindow() {
        // Given
        var limit = new RateLimit(2, HOUR);
        // When
        Take first = take(limit, 0);
        take(limit, 1);
        Take second = take(limit, 0);
        // Then
        assertThat(first.state()).isEqualTo(new RateState(2, HOUR, 2, 0));
        assertThat(second.state().remaining()).isEqualTo(1);
        assertThat(List.of(first.taken(), second.taken())).containsOnly(true);
    }

    @Test
    void anEditedLimitBeginsAnew() {
        // Given
        take(new RateLimit(2, HOUR), 2);
        // When
        Take other = take(new RateLimit(3, HOUR), 1);
        // Then
        assertThat(other.state().remaining()).isEqualTo(2);
        assertThat(take(new RateLimit(2, HOUR), 1).taken()).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        // Given
        var limit = new RateLimit(5, HOUR);
        Take taken = take(limit, 4);
        Take refused = take(limit, 2);
        // When
        giveBack(taken);
        giveBack(refused);
        // Then
        assertThat(take(limit, 5).taken()).isTrue();
        assertThat(take(limit, 1).taken()).isFalse();
    }

    /** Seen to fail in Redis with a script that does not compare the windows. */
    @Test
    void nothingIsGivenBackToALaterWindow() {
        // Given
        var limit = new RateLimit(2, HOUR);
        Take early = take(limit, 1);
        end(key, limit);
        take(limit, 2);
        // When
        giveBack(early);
        // Then
        assertThat(take(limit, 1).taken()).isFalse();
    }

    /** Invariant 23. */
    @Test
    void usesAreCountedExactlyUnderConcurrency() {
        // Given
        var limit = new RateLimit(50, HOUR);
        // When
        List<Take> takes = AtOnce.run(300, i -> take(limit, 1));
        // Then
        assertThat(takes.stream().filter(Take::taken).map(take -> take.state().remaining()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).mapToObj(Long::valueOf).toList());
        assertThat(takes.stream().filter(take -> !take.taken()).map(take -> take.state().remaining())).hasSize(250)
                .containsOnly(0L);
    }
}
