package dev.tollkeeper.key;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** What in the database is of use only with which pepper. */
@Singleton
class PepperUses {
    private final KeySecretRepository secrets;
    private final Sql sql;
    private final Clock clock;

    PepperUses(KeySecretRepository secrets, Transactions database, Clock clock) {
        this.secrets = secrets;
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

    /** Everything that may still be needed, by pepper. */
    Uni<List<Use>> all() {
        return secrets.countByPepper(sql, null, clock.instant()).chain(keys -> sealed().map(sealed -> Stream.concat(
                keys.entrySet().stream().map(counted -> new Use(counted.getKey(), "secrets of keys", counted.getValue())),
                sealed.stream()).sorted(Comparator.comparing(Use::pepper).thenComparing(Use::what)).toList()));
    }

    /** A sealed value begins with its pepper's id, see {@link dev.tollkeeper.secret.SecretBox}. */
    private Uni<List<Use>> sealed() {
        return sql
                .run("""
                        SELECT encode(substr(sealed_secret, 1, 6), 'hex'), 'secrets of webhooks', count(*) FROM webhook GROUP BY 1
                        UNION ALL SELECT encode(substr(sealed_private, 1, 6), 'hex'), 'pairs that sign user tokens', count(*) FROM signing_key GROUP BY 1
                        UNION ALL SELECT encode(substr(sealed, 1, 6), 'hex'), 'answers kept for a repeat', count(*) FROM idempotency_record
                        WHERE expires_at > $1 GROUP BY 1
                        """,
                        Tuple.of(clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.map(rows, row -> new Use(row.getString(0), row.getString(1), row.getLong(2))));
    }
}
