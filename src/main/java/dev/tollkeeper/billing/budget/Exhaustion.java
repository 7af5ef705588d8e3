package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * That a subject has used up a budget, from the beginning of a window on.
 *
 * @param until when it is free again, as far as that is known now; null for never
 */
record Exhaustion(Instant from, Instant until) {
    /**
     * Whether and until when what was spent and what is reserved together reach the limit in a window.
     *
     * @param holds the reservations that count; each does until it expires
     */
    static Optional<Exhaustion> of(Window window, BigDecimal limit, BigDecimal spent, List<Hold> holds) {
        if (spent.compareTo(limit) >= 0) {
            return Optional.of(new Exhaustion(window.startsAt(), window.endsAt()));
        }
        BigDecimal taken = spent;
        for (Hold hold : holds.stream().sorted(Comparator.comparing(Hold::expiresAt).reversed()).toList()) {
            taken = taken.add(hold.amount());
            if (taken.compareTo(limit) >= 0) {
                // While this one is open, so are all that expire later: together they reach the limit.
                return Optional.of(new Exhaustion(window.startsAt(), earlier(window.endsAt(), hold.expiresAt())))
                        .filter(found -> hold.expiresAt().isAfter(window.startsAt()));
            }
        }
        return Optional.empty();
    }

    private static Instant earlier(Instant end, Instant expiry) {
        return end != null && end.isBefore(expiry) ? end : expiry;
    }
}
