package dev.tollkeeper.billing.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a team's books have to say: a plain fold over what was done, one command after the other. */
final class TeamModel {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration BACK = Duration.ofDays(35);
    /** The meter of what is settled, whose price the service makes. */
    static final String RESERVATION = "reservation";

    /** One entry of the balance. */
    record Entry(String kind, String amount, String balanceAfter) {
    }

    /**
     * An event that counted.
     *
     * @param price null where there was none
     */
    record Charged(UUID price, String meter, String model, YearMonth month, BigDecimal quantity, BigDecimal cost) {
    }

    /** Money that is held. */
    private static final class Reservation {
        private final BigDecimal amount;
        private final Instant expiresAt;
        private boolean ended;

        Reservation(BigDecimal amount, Instant expiresAt) {
            this.amount = amount;
            this.expiresAt = expiresAt;
        }
    }

    private final boolean isPrepaid;
    private final Set<UUID> keys;
    private final List<ModelPrice> prices;
    private final Map<String, ModelEvent> known = new HashMap<>();
    private final Map<List<Object>, BigDecimal> soFar = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
    private final Map<String, Charged> charged = new HashMap<>();
    private final Map<UUID, ModelGrant> grants = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private BigDecimal balance = BigDecimal.ZERO;

    TeamModel(boolean isPrepaid, Set<UUID> keys, List<ModelPrice> prices) {
        this.isPrepaid = isPrepaid;
        this.keys = keys;
        this.prices = new ArrayList<>(prices);
    }

    BigDecimal balance() {
        return balance;
    }

    /** The entries of the balance, the oldest first. */
    List<Entry> entries() {
        return entries;
    }

    Map<UUID, ModelGrant> grants() {
        return grants;
    }

    /** The events that counted, by source and id. */
    Map<String, Charged> charged() {
        return charged;
    }

    /** A price prices what comes in from now on. */
    void add(ModelPrice price) {
        prices.add(price);
    }

    /** Expires what is due, in the order in which it ended. */
    void passTo(Instant now) {
        ModelGrant next;
        do {
            next = null;
            for (ModelGrant grant : grants.values()) {
                boolean isDue = grant.remaining.signum() > 0 && grant.isOver(now);
                next = isDue && (next == null || grant.endsBefore(next)) ? grant : next;
            }
            if (next != null) {
                book("expiry", next.remaining.negate());
                next.expired = next.remaining;
                next.remaining = BigDecimal.ZERO;
            }
        } while (next != null);
    }

    /** Credit first covers what is owed. */
    void grant(UUID id, BigDecimal amount, int priority, Instant expiresAt) {
        BigDecimal owed = balance.negate().max(BigDecimal.ZERO);
        grants.put(id, new ModelGrant(id, amount, priority, expiresAt, amount.subtract(owed).max(BigDecimal.ZERO)));
        book("credit", amount);
    }

    /** Counts events in the order sent; answers what has to be told of each. */
    List<String> record(List<ModelEvent> events, Instant now) {
        List<String> told = new ArrayList<>();
        BigDecimal cost = BigDecimal.ZERO;
        for (ModelEvent event : events) {
            String verdict = judge(event, now);
            told.add(verdict);
            if (verdict.startsWith("accepted")) {
                known.put(event.name(), event);
                cost = cost.add(charge(event));
            }
        }
        debit(cost);
        return told;
    }

    private String judge(ModelEvent event, Instant now) {
        if (event.quantity().signum() < 0) {
            return "rejected invalid_request";
        }
        if (known.containsKey(event.name())) {
            return known.get(event.name()).equals(event) ? "duplicate" : "rejected event_conflict";
        }
        if (event.at().isAfter(now.plus(AHEAD)) || event.at().isBefore(now.minus(BACK))) {
            return "rejected occurred_at_out_of_range";
        }
        if (!keys.contains(event.key())) {
            return "rejected not_found";
        }
        return ModelPrice.inForce(prices, event) == null ? "accepted unpriced" : "accepted";
    }

    private BigDecimal charge(ModelEvent event) {
        ModelPrice price = ModelPrice.inForce(prices, event);
        YearMonth month = YearMonth.from(event.at().atOffset(ZoneOffset.UTC));
        BigDecimal cost = BigDecimal.ZERO;
        if (price != null) {
            List<Object> metered = Arrays.asList(price.id(), event.model(), month);
            BigDecimal before = price.terms().isCumulative() ? soFar.getOrDefault(metered, BigDecimal.ZERO) : BigDecimal.ZERO;
            BigDecimal after = before.add(event.quantity());
            soFar.put(metered, after);
            cost = price.terms().cost(after).subtract(price.terms().cost(before));
        }
        charged.put(event.name(), new Charged(price == null ? null : price.id(), event.meter(), event.model(), month,
                event.quantity(), cost));
        return cost;
    }

    private void debit(BigDecimal cost) {
        if (cost.signum() > 0) {
            burn(cost);
            book("usage", cost.negate());
        }
    }

    private void burn(BigDecimal cost) {
        BigDecimal left = cost;
        ModelGrant next = nextToBurn();
        while (left.signum() > 0 && next != null) {
            BigDecimal burnt = left.min(next.remaining);
            next.remaining = next.remaining.subtract(burnt);
            left = left.subtract(burnt);
            next = nextToBurn();
        }
    }

    private ModelGrant nextToBurn() {
        ModelGrant next = null;
        for (ModelGrant grant : grants.values()) {
            if (grant.remaining.signum() > 0 && (next == null || grant.burnsBefore(next))) {
                next = grant;
            }
        }
        return next;
    }

    private void book(String kind, BigDecimal amount) {
        balance = balance.add(amount);
        entries.add(new Entry(kind, text(amount), text(balance)));
    }

    /** What reservations hold. */
    BigDecimal held(Instant now) {
        return reservations.values().stream().filter(reservation -> isOpen(reservation, now))
                .map(reservation -> reservation.amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    boolean mayReserve(BigDecimal amount, Instant now) {
        return !isPrepaid || balance.subtract(held(now)).compareTo(amount) >= 0;
    }

    void reserve(UUID id, BigDecimal amount, Instant expiresAt) {
        reservations.put(id, new Reservation(amount, expiresAt));
    }

    /** All that were ever made. */
    List<UUID> reservations() {
        return List.copyOf(reservations.keySet());
    }

    BigDecimal amountOf(UUID reservation) {
        return reservations.get(reservation).amount;
    }

    boolean isOpen(UUID reservation, Instant now) {
        return isOpen(reservations.get(reservation), now);
    }

    private static boolean isOpen(Reservation reservation, Instant now) {
        return !reservation.ended && reservation.expiresAt.isAfter(now);
    }

    /** Ends a reservation that is open, of which so much was used. */
    void end(UUID reservation, BigDecimal used, Instant now) {
        reservations.get(reservation).ended = true;
        if (used.signum() > 0) {
            charged.put("tollkeeper:reservation/" + reservation, new Charged(null, RESERVATION, null,
                    YearMonth.from(now.atOffset(ZoneOffset.UTC)), used.stripTrailingZeros(), used));
            debit(used);
        }
    }

    static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
