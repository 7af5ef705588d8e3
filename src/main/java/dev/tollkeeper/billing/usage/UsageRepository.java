package dev.tollkeeper.billing.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Events, their ids and their roll-up. Runs under the lock on the team's balance: nobody else stores for this team meanwhile. */
@Singleton
class UsageRepository {
    // One statement for the whole batch. An id that is taken fails it, and with it the transaction: under the lock it was looked up
    // just before, so that cannot be.
    private static final String STORE = """
            WITH incoming AS (
                SELECT i.*, m.provider
                FROM unnest($4::text[], $5::text[], $6::timestamptz[], $7::uuid[], $8::uuid[], $9::uuid[], $10::text[],
                            $11::text[], $12::text[], $13::uuid[], $14::text[], $15::text[], $16::bytea[], $17::bytea[])
                    AS i (source, event_id, occurred_at, project_id, key_id, user_id, meter, model, quantity, price_id, cost,
                          metadata, fingerprint, named_fingerprint)
                LEFT JOIN registry_model m ON m.id = i.model),
            ids AS (
                INSERT INTO usage_event_key (team_id, source, event_id, fingerprint, named_fingerprint)
                SELECT $1, source, event_id, fingerprint, named_fingerprint FROM incoming),
            events AS (
                INSERT INTO usage_event (team_id, occurred_at, source, event_id, batch_id, project_id, key_id, user_id, meter,
                    model, provider, quantity, price_id, cost, metadata, received_at)
                SELECT $1, occurred_at, source, event_id, $2, project_id, key_id, user_id, meter, model, provider,
                    quantity::numeric, price_id, cost::numeric, metadata::jsonb, $3 FROM incoming
                RETURNING *)
            INSERT INTO usage_rollup AS r (team_id, hour, project_id, key_id, user_id, meter, model, provider, quantity, cost,
                requests)
            SELECT team_id, date_trunc('hour', occurred_at, 'UTC'), project_id, key_id, user_id, meter, model, provider,
                sum(quantity), sum(cost), count(*)
            FROM events GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
            ON CONFLICT ON CONSTRAINT usage_rollup_row DO UPDATE SET quantity = r.quantity + excluded.quantity,
                cost = r.cost + excluded.cost, requests = r.requests + excluded.requests
            """;

    /** Which of these events' ids are taken, and by what. */
    Uni<Map<EventId, EventMark>> known(Sql sql, UUID teamId, List<UsageEvent> events) {
        return sql.run("""
                SELECT k.source, k.event_id, k.fingerprint, k.named_fingerprint
                FROM usage_event_key k
                WHERE k.team_id = $1 AND (k.source, k.event_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))
                """, Tuple.of(teamId, texts(events, event -> event.id().source()), texts(events, event -> event.id().id())))
                .map(rows -> {
                    Map<EventId, EventMark> known = new HashMap<>();
                    rows.forEach(row -> known.put(new EventId(row.getString("source"), row.getString("event_id")),
                            new EventMark(bytes(row, "fingerprint"), bytes(row, "named_fingerprint"))));
                    return known;
                });
    }

    private static byte[] bytes(Row row, String column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }

    /** The keys that these events are about; of a name's keys the live one, else the newest. */
    Uni<KeysFound> keys(Sql sql, UUID teamId, UUID projectId, List<UsageEvent> events) {
        UUID[] ids = events.stream().map(event -> event.key().id()).filter(java.util.Objects::nonNull).distinct()
                .toArray(UUID[]::new);
        String[] names = events.stream().map(event -> event.key().name()).filter(java.util.Objects::nonNull).distinct()
                .toArray(String[]::new);
        return sql.run("""
                (SELECT id, project_id, created_by, NULL AS name FROM api_key WHERE team_id = $1 AND id = ANY ($3))
                UNION ALL
                (SELECT DISTINCT ON (name) id, project_id, created_by, name FROM api_key
                 WHERE team_id = $1 AND project_id = $2 AND name = ANY ($4)
                 ORDER BY name, (revoked_at IS NULL AND deleted_at IS NULL) DESC, created_at DESC, id DESC)
                """, Tuple.of(teamId, projectId, ids, names)).map(rows -> {
            var found = new KeysFound(new HashMap<>(), new HashMap<>());
            rows.forEach(row -> add(found, row));
            return found;
        });
    }

    private static void add(KeysFound found, Row row) {
        var key = new UsageKey(row.getUUID("id"), row.getUUID("project_id"), row.getUUID("created_by"));
        String name = row.getString("name");
        if (name == null) {
            found.byId().put(key.id(), key);
        } else {
            found.byName().put(name, key);
        }
    }

    /** Stores events, with their ids and their share of the roll-up. */
    Uni<Void> store(Sql sql, UUID teamId, UUID batchId, Instant receivedAt, List<ChargedEvent> events) {
        return sql.run(STORE, Tuple.from(new Object[]{teamId, batchId, receivedAt.atOffset(ZoneOffset.UTC),
                texts(events, e -> e.event().id().source()), texts(events, e -> e.event().id().id()),
                events.stream().map(e -> e.event().occurredAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new),
                uuids(events, e -> e.key().projectId()), uuids(events, e -> e.key().id()), uuids(events, e -> e.key().userId()),
                texts(events, e -> e.event().meter()), texts(events, e -> e.event().model()),
                texts(events, e -> e.event().quantity().toPlainString()), uuids(events, ChargedEvent::priceId),
                texts(events, e -> e.cost().toPlainString()), texts(events, e -> e.event().metadata()),
                buffers(events, e -> e.mark().resolved()), buffers(events, e -> e.mark().named())})).replaceWithVoid();
    }

    private static <E> String[] texts(Collection<E> events, Function<E, String> column) {
        return events.stream().map(column).toArray(String[]::new);
    }

    private static UUID[] uuids(List<ChargedEvent> events, Function<ChargedEvent, UUID> column) {
        return events.stream().map(column).toArray(UUID[]::new);
    }

    private static Buffer[] buffers(List<ChargedEvent> events, Function<ChargedEvent, byte[]> column) {
        return events.stream().map(column).map(bytes -> bytes == null ? null : Buffer.buffer(bytes)).toArray(Buffer[]::new);
    }
}
