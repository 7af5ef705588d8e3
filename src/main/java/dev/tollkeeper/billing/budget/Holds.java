package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reservations that are open at a moment, of some projects. */
record Holds(List<Hold> open) {
    /** No reservation. */
    static final Holds NONE = new Holds(List.of());

    private Stream<Hold> of(Budget budget) {
        return open.stream().filter(hold -> budget.covers(hold.spender()));
    }

    /** Those that a budget counts, by the subject toward whose limit each counts. */
    Map<UUID, List<Hold>> bySubject(Budget budget) {
        return of(budget).collect(Collectors.groupingBy(hold -> budget.subject(hold.spender())));
    }

    /** When the last of them that a budget counts expires; no earlier than the time given. */
    Instant latestExpiry(Budget budget, Instant least) {
        return of(budget).map(Hold::expiresAt).filter(expiry -> expiry.isAfter(least)).max(Instant::compareTo).orElse(least);
    }

    /** How much is held toward a subject's limit at an instant. */
    BigDecimal sum(Budget budget, UUID subject, Instant at) {
        return of(budget).filter(hold -> budget.subject(hold.spender()).equals(subject) && hold.expiresAt().isAfter(at))
                .map(Hold::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
