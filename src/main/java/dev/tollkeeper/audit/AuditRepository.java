package dev.tollkeeper.audit;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Reads the log. */
@Singleton
class AuditRepository {
    // The order of the chain, not of ids or times: those are taken before an entry's turn in the chain comes.
    private static final String LIST = """
            SELECT id, at, actor_type, actor_id, actor_name, action, target_type, target_id, ip, user_agent, request_id,
                   changes::text AS changes
            FROM audit_entry
            WHERE team_id = $1 AND at >= $2 AND at < $3
              AND ($4::uuid IS NULL OR seq < (SELECT seq FROM audit_entry WHERE team_id = $1 AND id = $4))
              AND ($5::text IS NULL OR actor_id = $5 OR actor_name = $5)
              AND ($6::text IS NULL OR action = $6 OR ($7 AND starts_with(action, $6)))
              AND ($8::text IS NULL OR target_id = $8 OR target_type || ':' || target_id = $8)
            ORDER BY seq DESC LIMIT $9
            """;

    private final Sql sql;

    AuditRepository(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /** One row more than a page of a team's entries, the newest first. */
    Uni<List<AuditEntry>> list(UUID team, AuditFilter filter, PageRequest page) {
        return sql.run(LIST, Tuple.from(Arrays.asList(team, filter.range().start().atOffset(ZoneOffset.UTC),
                filter.range().end().atOffset(ZoneOffset.UTC), page.after(), filter.actor(), filter.action(), filter.prefix(),
                filter.target(), page.probe())))
                .map(AuditRepository::entries);
    }

    /** Whether there is, or was, such a team. */
    Uni<Boolean> isTeam(UUID team) {
        return sql.run("SELECT 1 FROM team WHERE id = $1", Tuple.of(team)).map(rows -> rows.rowCount() > 0);
    }

    private static List<AuditEntry> entries(RowSet<Row> rows) {
        List<AuditEntry> entries = new ArrayList<>(rows.rowCount());
        rows.forEach(row -> entries.add(entry(row)));
        return entries;
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(row.getUUID("id"), row.getOffsetDateTime("at").toInstant(),
                new AuditEntry.EntryActor(row.getString("actor_type"), row.getString("actor_id"), row.getString("actor_name")),
                row.getString("action"), new AuditEntry.EntryTarget(row.getString("target_type"), row.getString("target_id")),
                row.getString("ip"), row.getString("user_agent"), row.getString("request_id"), row.getString("changes"));
    }
}
