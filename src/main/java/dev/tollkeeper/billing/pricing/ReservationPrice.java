package dev.tollkeeper.billing.pricing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.Meters;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** The built-in price of what is settled: 1 a unit, in every currency that it is needed in. Nobody else makes prices of its meter. */
@Singleton
public class ReservationPrice {
    private final Clock clock;

    ReservationPrice(Clock clock) {
        this.clock = clock;
    }

    /** Makes the price in a currency, unless it is there. */
    public Uni<Void> ensure(Sql sql, String currency) {
        return sql.run("""
                INSERT INTO price (id, meter, type, unit_price, currency, effective_from, created_at)
                SELECT $1, $2, 'per_unit', 1, $3, $4, $5
                WHERE NOT EXISTS (SELECT 1 FROM price WHERE meter = $2 AND currency = $3)
                ON CONFLICT ON CONSTRAINT price_version DO NOTHING
                """, Tuple.of(Ids.next(), Meters.RESERVATION, currency, Instant.EPOCH.atOffset(ZoneOffset.UTC),
                clock.instant().atOffset(ZoneOffset.UTC))).replaceWithVoid();
    }
}
