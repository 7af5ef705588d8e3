package dev.tollkeeper.access;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.key.IpRules;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyRehash;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.ProjectSettings;
import dev.tollkeeper.secret.Peppers;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Finds the key of a secret, by its digest. */
@Singleton
class KeyLookup {
    // A rotated-out secret past its overlap, and a deleted key, are secrets of nothing.
    private static final String FIND = """
            SELECT k.team_id, k.project_id, k.id, k.name, k.is_management_key, k.scopes, k.allowed_ips, k.enabled, k.expires_at,
                   k.revoked_at, k.rate_limit, k.rate_limit_window_seconds, k.remaining_uses, k.metadata::text AS metadata, k.created_by,
                   t.status AS team_status, t.billing_mode, u.email, coalesce(m.role, 'member') AS role,
                   c.project_id AS configured, c.active, c.allow_overwrite, c.allowed_providers, c.blacklisted_models,
                   c.eu_native, c.include_metadata, c.preference, coalesce(a.balance, 0) AS balance, s.valid_until, s.digest
            FROM api_key_secret s
            JOIN api_key k ON k.team_id = s.team_id AND k.id = s.key_id
            JOIN project p ON p.team_id = k.team_id AND p.id = k.project_id
            JOIN team t ON t.id = k.team_id
            JOIN app_user u ON u.id = k.created_by
            LEFT JOIN membership m ON m.team_id = k.team_id AND m.user_id = k.created_by
            LEFT JOIN project_config c ON c.team_id = k.team_id AND c.project_id = k.project_id
            LEFT JOIN ledger_account a ON a.team_id = k.team_id AND a.account = 'balance'
            WHERE s.digest IN (%s) AND (s.valid_until IS NULL OR s.valid_until > $1)
              AND k.deleted_at IS NULL AND p.deleted_at IS NULL AND t.deleted_at IS NULL
            """;

    private final Sql sql;
    /** With a placeholder for each pepper: a query for any of an array is planned anew each time, which takes longer than it runs. */
    private final String find;
    private final Peppers peppers;
    private final KeyRehash rehash;
    private final Clock clock;

    KeyLookup(Pool pool, Peppers peppers, KeyRehash rehash, Clock clock) {
        this.sql = Sql.on(pool);
        long digests = peppers.all().count();
        this.find = FIND
                .formatted(LongStream.rangeClosed(2, digests + 1).mapToObj(n -> "$" + n).collect(Collectors.joining(", ")));
        this.peppers = peppers;
        this.rehash = rehash;
        this.clock = clock;
    }

    /**
     * The key of a secret, empty for a secret of nothing.
     *
     * @param newest its digest under the newest pepper
     */
    Uni<Optional<KeyRecord>> find(KeySecret secret, SecretDigest newest) {
        Buffer newestDigest = Buffer.buffer(newest.bytes());
        Tuple arguments = Tuple.of(clock.instant().atOffset(ZoneOffset.UTC), newestDigest);
        peppers.all().skip(1).forEach(older -> arguments.addBuffer(Buffer.buffer(KeyDigest.of(secret, older))));
        return sql.run(find, arguments)
                .map(rows -> rows.rowCount() == 0
                        ? Optional.empty()
                        : Optional.of(found(rows.iterator().next(), newestDigest)));
    }

    private KeyRecord found(Row row, Buffer newestDigest) {
        rehash.found(row.getBuffer("digest"), newestDigest);
        return record(row);
    }

    private static KeyRecord record(Row row) {
        UUID teamId = row.getUUID("team_id");
        UUID projectId = row.getUUID("project_id");
        UUID keyId = row.getUUID("id");
        UUID userId = row.getUUID("created_by");
        String name = row.getString("name");
        Set<String> scopes = Set.copyOf(Arrays.asList(row.getArrayOfStrings("scopes")));
        List<String> storedIps = Arrays.asList(row.getArrayOfStrings("allowed_ips"));
        return new KeyRecord(teamId, projectId, keyId, name, row.getBoolean("is_management_key"), scopes, readable(storedIps),
                storedIps, row.getOffsetDateTime("revoked_at") != null, row.getBoolean("enabled"),
                instant(row.getOffsetDateTime("expires_at")), "suspended".equals(row.getString("team_status")), rateLimit(row),
                row.getLong("remaining_uses"), row.getString("metadata"), userId, row.getString("email"),
                Role.of(row.getString("role")).orElse(Role.MEMBER), settings(row), prepaidBalance(row),
                instant(row.getOffsetDateTime("valid_until")),
                IdentityHeaders.of(keyId, name, teamId, projectId, userId, scopes), new KeptAnswer(), new KeptAnswer());
    }

    private static Optional<IpRules> readable(List<String> stored) {
        try {
            return Optional.of(IpRules.parse(stored));
        } catch (RuntimeException corrupt) {
            return Optional.empty();
        }
    }

    private static RateLimit rateLimit(Row row) {
        Integer limit = row.getInteger("rate_limit");
        return limit == null ? null : new RateLimit(limit, row.getInteger("rate_limit_window_seconds"));
    }

    private static ProjectSettings settings(Row row) {
        if (row.getUUID("configured") == null) {
            return null;
        }
        var config = new InferenceConfig(List.of(row.getArrayOfStrings("allowed_providers")),
                List.of(row.getArrayOfStrings("blacklisted_models")), row.getBoolean("eu_native"),
                row.getBoolean("include_metadata"), row.getString("preference"));
        return new ProjectSettings(row.getBoolean("active"), row.getBoolean("allow_overwrite"), config);
    }

    private static BigDecimal prepaidBalance(Row row) {
        return "prepaid".equals(row.getString("billing_mode")) ? row.getBigDecimal("balance") : null;
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

}
