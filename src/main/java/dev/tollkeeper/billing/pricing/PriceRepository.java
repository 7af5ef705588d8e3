package dev.tollkeeper.billing.pricing;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Prices. They are only ever added, and ingest reads them in its own transaction: so plain SQL, not entities. */
@Singleton
public class PriceRepository {
    private static final String SELECT = """
            SELECT id, meter, model, team_id, type, unit_price, package_size, package_price, tiers::text AS tiers, currency,
                   effective_from, created_at
            FROM price
            """;

    /** The prices that may apply to these teams' use of these meters and models. */
    public Uni<PriceBook> book(Sql sql, Collection<UUID> teams, Collection<String> meters, Collection<String> models) {
        return sql.run(SELECT + """
                WHERE meter = ANY ($1) AND (model IS NULL OR model = ANY ($2)) AND (team_id IS NULL OR team_id = ANY ($3))
                """, Tuple.of(meters.toArray(String[]::new), models.toArray(String[]::new), teams.toArray(UUID[]::new)))
                .map(rows -> new PriceBook(prices(rows)));
    }

    /** A page of the prices in general and of these teams; of all teams where they are null. */
    Uni<List<Price>> list(Sql sql, Collection<UUID> teams, PageRequest page) {
        UUID[] visible = teams == null ? null : teams.toArray(UUID[]::new);
        return sql.run(SELECT + """
                WHERE ($1::uuid IS NULL OR id > $1) AND ($2::uuid[] IS NULL OR team_id IS NULL OR team_id = ANY ($2))
                ORDER BY id LIMIT $3
                """, Tuple.of(page.after(), visible, page.probe())).map(PriceRepository::prices);
    }

    Uni<Boolean> teamExists(Sql sql, UUID teamId) {
        return sql.run("SELECT 1 FROM team WHERE id = $1 AND deleted_at IS NULL", Tuple.of(teamId))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Adds a price. */
    Uni<Void> insert(Sql sql, Price price) {
        return sql.run("""
                INSERT INTO price (id, meter, model, team_id, type, unit_price, package_size, package_price, tiers, currency,
                    effective_from, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12)
                """, arguments(price, TariffTerms.of(price.tariff())))
                .onFailure(taken -> DatabaseFailures.violates(taken, "price_version"))
                .transform(
                        taken -> DomainError.conflict("There is already a price of this meter, model, team and currency from "
                                + "this time on. Prices are never edited: give another effective_from."))
                .replaceWithVoid();
    }

    private static Tuple arguments(Price price, TariffTerms tariff) {
        String tiers = tariff.tiers() == null ? null : StoredTiers.write(tariff.tiers());
        return Tuple.from(new Object[]{price.id(), price.meter(), price.model(), price.teamId(), tariff.type(),
                tariff.unitPrice(), tariff.packageSize(), tariff.packagePrice(), tiers, price.currency(), offset(price),
                created(price)});
    }

    private static OffsetDateTime offset(Price price) {
        return price.effectiveFrom().atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime created(Price price) {
        return price.createdAt().atOffset(ZoneOffset.UTC);
    }

    private static List<Price> prices(RowSet<Row> rows) {
        return Rows.map(rows, PriceRepository::price);
    }

    private static Price price(Row row) {
        return new Price(row.getUUID("id"), row.getString("meter"), row.getString("model"), row.getUUID("team_id"),
                tariff(row), row.getString("currency"),
                row.getOffsetDateTime("effective_from").toInstant(), row.getOffsetDateTime("created_at").toInstant());
    }

    private static Tariff tariff(Row row) {
        String tiers = row.getString("tiers");
        return new TariffTerms(row.getString("type"), row.getBigDecimal("unit_price"), row.getBigDecimal("package_size"),
                row.getBigDecimal("package_price"), tiers == null ? null : StoredTiers.read(tiers)).tariff();
    }
}
