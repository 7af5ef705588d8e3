package dev.tollkeeper.key;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** What in the database is of use only with which pepper. */
@Singleton
class PepperUses {
    private final Sql sql;
    private final Clock clock;

    PepperUses(Transactions database, Clock clock) {
        this.sql = database.single();
        this.clock = clock;
    }

    /**
     * Something that needs a pepper.
     *
     * @param pepper its id
     * @param what in words, such as {@code secrets of keys}
     */
    record Use(String pepper, String what, long count) {
    }

    /** Everything that may still be needed; a sealed value begins with its pepper's id, see {@link dev.tollkeeper.secret.SecretBox}. */
    Uni<List<Use>> all() {
        return sql
                .run("""
                        SELECT s.pepper_id AS pepper, 'secrets of keys' AS what, count(*) FROM api_key_secret s
                        JOIN api_key k ON k.team_id = s.team_id AND k.id = s.key_id
                        WHERE (s.valid_until IS NULL OR s.valid_until > $1) AND k.revoked_at IS NULL AND k.deleted_at IS NULL
                        GROUP BY 1
                        UNION ALL SELECT encode(substr(sealed_secret, 1, 6), 'hex'), 'secrets of webhooks', count(*) FROM webhook GROUP BY 1
                        UNION ALL SELECT encode(substr(sealed_private, 1, 6), 'hex'), 'pairs that sign user tokens', count(*) FROM signing_key GROUP BY 1
                        UNION ALL SELECT encode(substr(sealed, 1, 6), 'hex'), 'answers kept for a repeat', count(*) FROM idempotency_record
                        WHERE expires_at > $1 GROUP BY 1
                        ORDER BY 1, 2
                        """,
                        Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.map(rows, row -> new Use(row.getString(0), row.getString(1), row.getLong(2))));
    }
}
