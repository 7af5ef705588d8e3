package dev.tollkeeper.billing.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;

/** What is written down in advance is what adding up at any moment would say. Seen to fail with each refusal lasting until the window ends. */
class ExhaustionProperties {
    private static final Instant START = Instant.parse("2026-10-24T22:00:00Z");
    private static final int SECONDS = 20;
    private static final Spender SOMEBODY = new Spender(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3));

    @Test
    void aSubjectIsRefusedExactlyWhileWhatIsSpentAndHeldReachesTheLimit() {
        Cases.forAll(5_000, random -> {
            Window window = new Window(START, random.nextInt(4) == 0 ? null : START.plusSeconds(SECONDS));
            BigDecimal limit = BigDecimal.valueOf(1 + random.nextInt(10));
            BigDecimal spent = BigDecimal.valueOf(random.nextInt(12));
            List<Hold> holds = IntStream.range(0, random.nextInt(5)).mapToObj(i -> hold(random)).toList();

            Optional<Exhaustion> exhaustion = Exhaustion.of(window, limit, spent, holds);

            for (int second = 0; second < 2 * SECONDS; second++) {
                Instant at = START.plusSeconds(second);
                BigDecimal held = holds.stream().filter(hold -> hold.expiresAt().isAfter(at)).map(Hold::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                boolean reached = !window.isOver(at) && spent.add(held).compareTo(limit) >= 0;
                assertThat(isAt(exhaustion, at)).as("after %d seconds", second).isEqualTo(reached);
            }
        });
    }

    private static Hold hold(SplittableRandom random) {
        return new Hold(SOMEBODY, BigDecimal.valueOf(1 + random.nextInt(5)), START.plusSeconds(random.nextInt(-5, 35)));
    }

    private static boolean isAt(Optional<Exhaustion> exhaustion, Instant at) {
        return exhaustion.isPresent() && !at.isBefore(exhaustion.get().from())
                && (exhaustion.get().until() == null || at.isBefore(exhaustion.get().until()));
    }
}
