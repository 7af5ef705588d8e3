package dev.tollkeeper.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class OutageLogTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    private final List<String> lines = new ArrayList<>();
    private final OutageLog log = new OutageLog(now::get, lines::add);

    /** Seen to fail with a line for each request. */
    @Test
    void thousandsOfRequestsInASecondMakeOneLine() {
        // When
        for (int i = 0; i < 5000; i++) {
            log.outOfReach(new IOException("refused"));
        }
        // Then
        assertThat(lines)
                .containsExactly("Database out of reach, 1 requests since the last such line: java.io.IOException: refused");
    }

    /** Seen to fail with a count that is not begun anew. */
    @Test
    void theNextLineTellsHowManyThereWere() {
        // Given
        log.outOfReach(new IOException("first"));
        log.outOfReach(new IOException("second"));
        // When: across the end of the clock's numbers, too
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        log.outOfReach(new IOException("third"));
        // Then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains(" 2 requests ", "third");
    }
}
