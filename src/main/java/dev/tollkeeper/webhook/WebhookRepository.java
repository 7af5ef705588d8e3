package dev.tollkeeper.webhook;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Webhooks in the database. Those of a deleted team are not found. */
@Singleton
class WebhookRepository implements PanacheRepositoryBase<Webhook, WebhookId> {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String LIVE_TEAM = "SELECT 1 FROM team WHERE id = $1 AND deleted_at IS NULL";

    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    Uni<Webhook> require(UUID id) {
        return find("id", id).firstResult()
                .onItem().ifNull().failWith(WebhookRepository::notFound)
                .call(webhook -> run(LIVE_TEAM, Tuple.of(webhook.teamId())).invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw notFound();
                    }
                }));
    }

    /** A webhook to change: held until the transaction ends, and read after that. */
    Uni<Webhook> requireHeld(UUID id) {
        return run("SELECT 1 FROM webhook WHERE id = $1 FOR UPDATE", Tuple.of(id)).chain(() -> require(id));
    }

    /** Insists that a team is there: an operator may name any. */
    Uni<Void> requireTeam(UUID team) {
        return run(LIVE_TEAM, Tuple.of(team)).invoke(WebhookRepository::requireTeam).replaceWithVoid();
    }

    /** The same, and holds it until the transaction ends: so that the number of its webhooks stays what it is. */
    Uni<Void> holdTeam(UUID team) {
        return run(LIVE_TEAM + " FOR NO KEY UPDATE", Tuple.of(team)).invoke(WebhookRepository::requireTeam).replaceWithVoid();
    }

    private static void requireTeam(RowSet<Row> rows) {
        if (rows.rowCount() == 0) {
            throw DomainError.notFound("Team");
        }
    }

    Uni<Long> countOf(UUID team) {
        return count("teamId", team);
    }

    /** A team's webhooks in the order they were made, one more than the page holds. */
    Uni<List<Webhook>> list(UUID team, PageRequest page) {
        UUID after = page.after() == null ? BEFORE_ALL : page.after();
        return find("teamId = ?1 and id > ?2 order by id", team, after).range(0, page.limit()).list();
    }

    private Uni<RowSet<Row>> run(String statement, Tuple arguments) {
        return sql().chain(sql -> sql.run(statement, arguments));
    }

    private static DomainError notFound() {
        return DomainError.notFound("Webhook");
    }
}
