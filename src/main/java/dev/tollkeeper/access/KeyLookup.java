package dev.tollkeeper.access;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.GatheredQuery;
import dev.tollkeeper.key.IpRules;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyRehash;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * Finds the key of a secret in the database, by its digest: one query, where its surroundings are known, and one round trip
 * for those who ask at once.
 */
@Singleton
class KeyLookup {
    // A rotated-out secret past its overlap, and a deleted key, are secrets of nothing.
    private static final String FIND = """
            SELECT k.team_id, k.project_id, k.id, k.name, k.is_management_key, k.scopes, k.allowed_ips, k.enabled, k.expires_at,
                   k.revoked_at, k.rate_limit, k.rate_limit_window_seconds, k.remaining_uses, k.metadata::text AS metadata, k.created_by,
                   s.valid_until, s.digest,
                   ARRAY(SELECT t.at FROM budget_exhausted e
                         CROSS JOIN LATERAL (VALUES (1, e.starts_at), (2, e.until)) AS t (place, at)
                         WHERE e.team_id = k.team_id AND e.subject_id = k.id
                         ORDER BY e.budget_id, e.starts_at, t.place) AS used_up
            FROM api_key_secret s
            JOIN api_key k ON k.team_id = s.team_id AND k.id = s.key_id
            WHERE s.digest IN (%s) AND (s.valid_until IS NULL OR s.valid_until > $1)
              AND k.deleted_at IS NULL
            """;

    private final GatheredQuery query;
    private final Peppers peppers;
    private final KeyRehash rehash;
    private final SurroundingsLookup surroundings;
    private final Changes changes;
    private final Clock clock;

    KeyLookup(Pool pool, Peppers peppers, KeyRehash rehash, SurroundingsLookup surroundings, Changes changes,
            CacheSettings settings, Clock clock) {
        // A query for any of an array is planned anew each time, which takes longer than it runs.
        String digests = LongStream.rangeClosed(2, peppers.all().count() + 1).mapToObj(n -> "$" + n)
                .collect(Collectors.joining(", "));
        this.query = new GatheredQuery(pool, FIND.formatted(digests), settings.lookupTimeout());
        this.peppers = peppers;
        this.rehash = rehash;
        this.surroundings = surroundings;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * The key of a secret, empty for a secret of nothing.
     *
     * @param newest its digest under the newest pepper
     */
    Uni<Optional<Remembered.Entry<KeyRecord>>> find(KeySecret secret, SecretDigest newest) {
        long before = changes.last();
        long now = System.nanoTime();
        Buffer newestDigest = Buffer.buffer(newest.bytes());
        Tuple arguments = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), newestDigest);
        peppers.all().skip(1).forEach(older -> arguments.addBuffer(Buffer.buffer(KeyDigest.of(secret, older))));
        return query.run(arguments).chain(rows -> {
            if (rows.rowCount() == 0) {
                return Uni.createFrom().item(Optional.empty());
            }
            Row row = rows.iterator().next();
            rehash.found(row.getBuffer("digest"), newestDigest);
            return surroundings.find(place(row)).map(found -> found.map(around -> entry(row, now, before, around)));
        });
    }

    private static Surroundings.Place place(Row row) {
        return new Surroundings.Place(row.getUUID("team_id"), row.getUUID("project_id"), row.getUUID("created_by"));
    }

    /** As old as the older of the two, and right by the earlier change. */
    private static Remembered.Entry<KeyRecord> entry(Row row, long loadedAt, long changeBefore,
            Remembered.Entry<Surroundings> around) {
        long earlier = around.loadedAtNanos() - loadedAt < 0 ? around.loadedAtNanos() : loadedAt;
        return new Remembered.Entry<>(record(row, around.value()), earlier, Math.min(changeBefore, around.rightAt()));
    }

    private static KeyRecord record(Row row, Surroundings around) {
        Surroundings.Place place = around.place();
        UUID keyId = row.getUUID("id");
        String name = row.getString("name");
        Set<String> scopes = Set.copyOf(Arrays.asList(row.getArrayOfStrings("scopes")));
        List<String> storedIps = Arrays.asList(row.getArrayOfStrings("allowed_ips"));
        return new KeyRecord(place.teamId(), place.projectId(), keyId, name, row.getBoolean("is_management_key"), scopes,
                readable(storedIps), storedIps, row.getOffsetDateTime("revoked_at") != null, row.getBoolean("enabled"),
                Columns.instant(row.getOffsetDateTime("expires_at")), around.teamSuspended(), rateLimit(row),
                row.getLong("remaining_uses"), row.getString("metadata"), place.userId(), around.userEmail(),
                around.userRole(), around.settings(), around.available(), usedUp(row, around),
                Columns.instant(row.getOffsetDateTime("valid_until")),
                IdentityHeaders.of(keyId, name, place.teamId(), place.projectId(), place.userId(), scopes), new KeptAnswer(),
                new KeptAnswer());
    }

    private static Optional<IpRules> readable(List<String> stored) {
        try {
            return Optional.of(IpRules.parse(stored));
        } catch (RuntimeException corrupt) {
            return Optional.empty();
        }
    }

    private static List<UsedUp> usedUp(Row row, Surroundings around) {
        List<UsedUp> own = UsedUp.read(row.getArrayOfOffsetDateTimes("used_up"));
        return Stream.concat(own.stream(), around.usedUp().stream()).toList();
    }

    private static RateLimit rateLimit(Row row) {
        Integer limit = row.getInteger("rate_limit");
        return limit == null ? null : new RateLimit(limit, row.getInteger("rate_limit_window_seconds"));
    }

}
