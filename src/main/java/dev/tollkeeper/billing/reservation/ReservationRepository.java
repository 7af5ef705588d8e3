package dev.tollkeeper.billing.reservation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.budget.Spender;
import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Reservations. They change under the lock on the team's balance. */
@Singleton
class ReservationRepository {
    /**
     * A key that may be reserved for.
     *
     * @param revoked whether it was revoked, for good
     */
    record ReservedKey(Spender spender, boolean revoked) {
    }

    Uni<Void> insert(Sql sql, Reservation reservation) {
        Spender spender = reservation.spender();
        return sql.run("""
                INSERT INTO reservation (team_id, id, project_id, key_id, user_id, amount, status, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8)
                """, Tuple.from(new Object[]{reservation.teamId(), reservation.id(), spender.projectId(), spender.keyId(),
                spender.userId(), reservation.amount(), Columns.offset(reservation.createdAt()),
                Columns.offset(reservation.expiresAt())}))
                .replaceWithVoid();
    }

    Uni<Optional<Reservation>> find(Sql sql, UUID teamId, UUID id) {
        return sql.run("""
                SELECT r.team_id, r.id, r.project_id, r.key_id, r.user_id, r.amount, a.currency, r.status, r.settled_amount,
                       r.created_at, r.expires_at
                FROM reservation r JOIN ledger_account a ON a.team_id = r.team_id AND a.account = 'balance'
                WHERE r.team_id = $1 AND r.id = $2
                """, Tuple.of(teamId, id))
                .map(rows -> rows.rowCount() == 0 ? Optional.empty() : Optional.of(reservation(rows.iterator().next())));
    }

    /** Ends an open reservation; answers whether it was open. */
    Uni<Boolean> end(Sql sql, Reservation ended, Instant now) {
        return sql.run("""
                UPDATE reservation SET status = $3, settled_amount = $4, ended_at = $5
                WHERE team_id = $1 AND id = $2 AND status = 'open' AND expires_at > $5
                """, Tuple.of(ended.teamId(), ended.id(), ended.status().word(), ended.settledAmount(), Columns.offset(now)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Writes down which reservations have expired. */
    Uni<Integer> expire(Sql sql, Instant now) {
        return sql.run(
                "UPDATE reservation SET status = 'expired', ended_at = expires_at WHERE status = 'open' AND expires_at <= $1",
                Tuple.of(Columns.offset(now))).map(rows -> rows.rowCount());
    }

    /** A key of the team which was not deleted. */
    Uni<Optional<ReservedKey>> key(Sql sql, UUID teamId, UUID keyId) {
        return sql.run("""
                SELECT id, project_id, created_by, revoked_at FROM api_key
                WHERE team_id = $1 AND id = $2 AND deleted_at IS NULL
                """, Tuple.of(teamId, keyId))
                .map(rows -> rows.rowCount() == 0 ? Optional.empty() : Optional.of(key(rows.iterator().next())));
    }

    private static ReservedKey key(Row row) {
        return new ReservedKey(new Spender(row.getUUID("project_id"), row.getUUID("id"), row.getUUID("created_by")),
                row.getOffsetDateTime("revoked_at") != null);
    }

    private static Reservation reservation(Row row) {
        BigDecimal settled = row.getBigDecimal("settled_amount");
        return new Reservation(row.getUUID("team_id"), row.getUUID("id"),
                new Spender(row.getUUID("project_id"), row.getUUID("key_id"), row.getUUID("user_id")),
                row.getBigDecimal("amount"), row.getString("currency"), ReservationStatus.of(row.getString("status")), settled,
                row.getOffsetDateTime("created_at").toInstant(), row.getOffsetDateTime("expires_at").toInstant());
    }
}
