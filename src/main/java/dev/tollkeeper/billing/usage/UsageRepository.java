package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Events, their ids and their roll-up. Runs under the locks on the teams' balances: nobody else stores for these teams meanwhile. */
@Singleton
class UsageRepository {
    // One statement for all events. An id that is taken fails it, and with it the transaction: under the locks it was looked
    // up just before, so that cannot be.
    static final String STORE = """
            WITH incoming AS (
                SELECT i.*, m.provider
                FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[], $8::uuid[],
                            $9::uuid[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::text[], $15::text[],
                            $16::bytea[], $17::bytea[], $18::timestamptz[], $19::date[])
                    AS i (team_id, batch_id, source, event_id, occurred_at, project_id, key_id, user_id, meter, model, quantity,
                          price_id, cost, metadata, fingerprint, named_fingerprint, billed_at, adjusts)
                LEFT JOIN registry_model m ON m.id = i.model),
            ids AS (
                INSERT INTO usage_event_key (team_id, source, event_id, fingerprint, named_fingerprint)
                SELECT team_id, source, event_id, fingerprint, named_fingerprint FROM incoming),
            events AS (
                INSERT INTO usage_event (team_id, billed_at, occurred_at, adjusts, source, event_id, batch_id, project_id, key_id, user_id, meter,
                    model, provider, quantity, price_id, cost, metadata, received_at)
                SELECT team_id, billed_at, occurred_at, adjusts, source, event_id, batch_id, project_id, key_id, user_id, meter,
                    model, provider, quantity::numeric, price_id, cost::numeric, metadata::jsonb, $1 FROM incoming
                RETURNING *)
            INSERT INTO usage_rollup AS r (team_id, hour, project_id, key_id, user_id, meter, model, provider, adjusts,
                quantity, cost, requests)
            SELECT team_id, date_trunc('hour', billed_at, 'UTC'), project_id, key_id, user_id, meter, model, provider, adjusts,
                sum(quantity), sum(cost), count(*)
            FROM events GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            ON CONFLICT ON CONSTRAINT usage_rollup_row DO UPDATE SET quantity = r.quantity + excluded.quantity,
                cost = r.cost + excluded.cost, requests = r.requests + excluded.requests
            """;

    /** Which of these events' ids are taken, and by what. */
    Uni<KnownEvents> known(Sql sql, List<Submission> submissions) {
        List<UUID> teams = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        submissions.forEach(submission -> submission.events().forEach(event -> {
            teams.add(submission.project().teamId());
            sources.add(event.id().source());
            ids.add(event.id().id());
        }));
        return sql.run("""
                SELECT k.team_id, k.source, k.event_id, k.fingerprint, k.named_fingerprint
                FROM unnest($1::uuid[], $2::text[], $3::text[]) AS i (team_id, source, event_id)
                JOIN usage_event_key k ON k.team_id = i.team_id AND k.source = i.source AND k.event_id = i.event_id
                """, Tuple.of(teams.toArray(UUID[]::new), sources.toArray(String[]::new), ids.toArray(String[]::new)))
                .map(rows -> {
                    var known = new KnownEvents();
                    rows.forEach(
                            row -> known.add(row.getUUID("team_id"),
                                    new EventId(row.getString("source"), row.getString("event_id")),
                                    new EventMark(bytes(row, "fingerprint"), bytes(row, "named_fingerprint"))));
                    return known;
                });
    }

    private static byte[] bytes(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /** The keys that these events are about; of a name's keys the live one, else the newest. */
    Uni<KeysFound> keys(Sql sql, List<Submission> submissions) {
        var asked = new AskedKeys();
        submissions.forEach(asked::add);
        return sql.run("""
                (SELECT k.team_id, k.id, k.project_id, k.created_by, NULL AS name
                 FROM unnest($1::uuid[], $2::uuid[]) AS i (team_id, id)
                 JOIN api_key k ON k.team_id = i.team_id AND k.id = i.id)
                UNION ALL
                (SELECT DISTINCT ON (k.team_id, k.project_id, k.name) k.team_id, k.id, k.project_id, k.created_by, k.name
                 FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS i (team_id, project_id, name)
                 JOIN api_key k ON k.team_id = i.team_id AND k.project_id = i.project_id AND k.name = i.name
                 ORDER BY k.team_id, k.project_id, k.name, (k.revoked_at IS NULL AND k.deleted_at IS NULL) DESC,
                     k.created_at DESC, k.id DESC)
                """, asked.arguments()).map(rows -> {
            var found = new KeysFound();
            rows.forEach(row -> add(found, row));
            return found;
        });
    }

    private static void add(KeysFound found, Row row) {
        var key = new UsageKey(row.getUUID("id"), row.getUUID("project_id"), row.getUUID("created_by"));
        String name = row.getString("name");
        if (name == null) {
            found.add(row.getUUID("team_id"), key);
        } else {
            found.addNamed(row.getUUID("team_id"), name, key);
        }
    }

    /** Stores events, with their ids and their share of the roll-up. */
    Uni<Void> store(Sql sql, Instant receivedAt, List<ChargedEvent> events) {
        return sql.run(STORE, Tuple.from(new Object[]{Columns.offset(receivedAt),
                Columns.uuids(events, ChargedEvent::teamId), Columns.uuids(events, ChargedEvent::batchId),
                Columns.texts(events, e -> e.event().id().source()), Columns.texts(events, e -> e.event().id().id()),
                Columns.times(events, e -> e.event().occurredAt()),
                Columns.uuids(events, e -> e.key().projectId()), Columns.uuids(events, e -> e.key().id()),
                Columns.uuids(events, e -> e.key().userId()),
                Columns.texts(events, e -> e.event().meter()), Columns.texts(events, e -> e.event().model()),
                Columns.texts(events, e -> e.event().quantity().toPlainString()), Columns.uuids(events, ChargedEvent::priceId),
                Columns.texts(events, e -> e.cost().toPlainString()), Columns.texts(events, e -> e.event().metadata()),
                buffers(events, e -> e.mark().resolved()), buffers(events, e -> e.mark().named()),
                Columns.times(events, e -> e.billed().at()), Columns.months(events, e -> e.billed().adjusts())}))
                .replaceWithVoid();
    }

    /** How much was used so far of what quantities add up for; without what was not used yet. */
    Uni<Map<Metered, BigDecimal>> quantities(Sql sql, Collection<Metered> metered) {
        if (metered.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return sql.run("""
                SELECT u.team_id, u.price_id, u.model, u.month, u.quantity
                FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) AS i (team_id, price_id, model, month)
                JOIN price_usage u ON u.team_id = i.team_id AND u.price_id = i.price_id AND u.month = i.month
                    AND u.model IS NOT DISTINCT FROM i.model
                """, arguments(List.copyOf(metered))).map(rows -> {
            Map<Metered, BigDecimal> quantities = new HashMap<>();
            rows.forEach(row -> quantities.put(new Metered(row.getUUID("team_id"), row.getUUID("price_id"),
                    row.getString("model"), Columns.month(row.getLocalDate("month"))), row.getBigDecimal("quantity")));
            return quantities;
        });
    }

    /** Adds to what was used so far. */
    Uni<Void> add(Sql sql, Map<Metered, BigDecimal> added) {
        if (added.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Metered> metered = List.copyOf(added.keySet());
        return sql.run("""
                INSERT INTO price_usage AS u (team_id, price_id, model, month, quantity)
                SELECT team_id, price_id, model, month, quantity::numeric
                FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::text[])
                    AS i (team_id, price_id, model, month, quantity)
                ON CONFLICT ON CONSTRAINT price_usage_row DO UPDATE SET quantity = u.quantity + excluded.quantity
                """, arguments(metered).addArrayOfString(Columns.texts(metered, what -> added.get(what).toPlainString())))
                .replaceWithVoid();
    }

    private static Tuple arguments(List<Metered> metered) {
        return Tuple.of(Columns.uuids(metered, Metered::teamId), Columns.uuids(metered, Metered::priceId),
                Columns.texts(metered, Metered::model),
                Columns.months(metered, Metered::month));
    }

    private static Buffer[] buffers(List<ChargedEvent> events, Function<ChargedEvent, byte[]> column) {
        return events.stream().map(column).map(bytes -> bytes == null ? null : Buffer.buffer(bytes)).toArray(Buffer[]::new);
    }
}
