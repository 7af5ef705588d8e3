package dev.tollkeeper.billing.usage;

import static dev.tollkeeper.testsupport.Usage.event;
import static dev.tollkeeper.testsupport.Usage.send;
import static dev.tollkeeper.testsupport.Usage.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.ChaoticSender;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 4: order, duplication and batching of events change no total. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UsageTotalsTest {
    private static final int EVENTS = 1000;
    private static final String[] MODELS = {null, "a", "b"};

    private final TestTeam orderly = TestTeam.create();
    private final TestTeam chaotic = TestTeam.create();
    private final String[] meters = {Usage.meter(), Usage.meter()};

    /** Seen to fail with {@code quantity = excluded.quantity} in the roll-up, and without FOR UPDATE in LedgerRepository.lock. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void howEventsAreSentChangesNoTotal(long seed) {
        // Given
        Random random = new Random(seed);
        Usage.price(meters[0], "0.000000123456");
        Usage.price(Map.of("meter", meters[0], "model", "a", "type", "per_unit", "unit_price", "3.5", "currency", "EUR",
                "effective_from", Instant.now().minus(Duration.ofDays(3)).toString()));
        List<Map<String, Object>> events = events(random);
        for (TestTeam team : List.of(orderly, chaotic)) {
            Usage.credit(team.id(), Map.of("amount", "10000"));
        }
        // When
        send(orderly.managementKey(), forKeyOf(orderly, events)).statusCode(200);
        int accepted = ChaoticSender.send(random, chaotic.managementKey(), forKeyOf(chaotic, events), 60);
        // Then
        assertThat(accepted).isEqualTo(EVENTS);
        assertThat(Books.rollUp(chaotic.id())).isNotEmpty().isEqualTo(Books.rollUp(orderly.id()));
        assertThat(Usage.balance(chaotic)).isEqualByComparingTo(Usage.balance(orderly)).isLessThan(new BigDecimal("10000"));
        Books.audit(orderly.id());
        Books.audit(chaotic.id());
    }

    private List<Map<String, Object>> events(Random random) {
        Instant now = Instant.now();
        return IntStream.range(0, EVENTS).mapToObj(index -> {
            BigDecimal quantity = new BigDecimal(random.nextLong(1, 1_000_000_000_000L)).movePointLeft(random.nextInt(10));
            // In few hours, so that many requests add to one row of the roll-up.
            var at = now.minus(Duration.ofDays(8L * random.nextInt(4))).minus(Duration.ofMinutes(random.nextInt(60)));
            Map<String, Object> event = event(new java.util.UUID(0, 0), meters[random.nextInt(2)], quantity.toPlainString());
            return with(with(event, "occurred_at", at.toString()), "model", MODELS[random.nextInt(MODELS.length)]);
        }).toList();
    }

    private static List<Map<String, Object>> forKeyOf(TestTeam team, List<Map<String, Object>> events) {
        String key = team.ordinaryKey().id().toString();
        return events.stream().map(event -> with(event, "key_id", key)).toList();
    }
}
