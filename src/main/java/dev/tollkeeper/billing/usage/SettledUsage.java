package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.Meters;
import dev.tollkeeper.billing.budget.Spender;
import dev.tollkeeper.billing.ledger.LockedAccount;
import dev.tollkeeper.billing.pricing.ReservationPrice;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;

/** Books what was used of reservations as usage: one event for each, like any other. */
@Singleton
public class SettledUsage {
    /** No client reports events of a source that begins so. */
    static final String OWN_SOURCES = "tollkeeper:";
    private static final String SOURCE = OWN_SOURCES + "reservation";

    private final Ingest usage;
    private final UsagePartitions partitions;
    private final ReservationPrice price;

    SettledUsage(Ingest usage, UsagePartitions partitions, ReservationPrice price) {
        this.usage = usage;
        this.partitions = partitions;
        this.price = price;
    }

    /** Sees to it that usage of this time can be stored; to be called before the transaction begins. */
    public Uni<Void> prepare(Instant now) {
        return partitions.ensure(now);
    }

    /**
     * Books an amount, in the transaction that ends its reservation.
     *
     * @param reservation the reservation, which names the event
     * @param amount above zero
     */
    public Uni<Void> book(Sql sql, LockedAccount account, Spender spender, UUID reservation, BigDecimal amount, Instant now) {
        var key = new UsageKey(spender.keyId(), spender.projectId(), spender.userId());
        var event = new UsageEvent(new EventId(SOURCE, reservation.toString()), now, new KeyReference(key.id(), null),
                Meters.RESERVATION, amount, null, null);
        var accepted = new Judgement(EventResult.accepted(event.id().id()), event, key,
                EventMark.of(event, key.projectId(), key));
        return price.ensure(sql, account.currency())
                .chain(() -> usage.book(sql, account, accepted, now));
    }
}
