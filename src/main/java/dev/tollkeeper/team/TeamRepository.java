package dev.tollkeeper.team;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.FieldError;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Teams in the database. Deleted ones are not found. */
@Singleton
class TeamRepository implements PanacheRepositoryBase<Team, UUID> {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    Uni<Team> require(UUID id) {
        return find("id = ?1 and deletedAt is null", id).firstResult()
                .onItem().ifNull().failWith(() -> DomainError.notFound("Team"));
    }

    /** A team to change: held until the transaction ends, and read after that. */
    Uni<Team> requireHeld(UUID id) {
        return sql().chain(sql -> TeamLock.hold(sql, id)).chain(() -> require(id));
    }

    /** The teams of these ids, or all where none are given. */
    Uni<List<Team>> list(Optional<Set<UUID>> ids, PageRequest page) {
        if (ids.filter(Set::isEmpty).isPresent()) {
            return Uni.createFrom().item(List.of());
        }
        UUID after = page.after() == null ? BEFORE_ALL : page.after();
        var query = ids.isEmpty()
                ? find("deletedAt is null and id > ?1 order by id", after)
                : find("deletedAt is null and id > ?1 and id in ?2 order by id", after, ids.get());
        return query.range(0, page.limit()).list();
    }

    Uni<Team> insert(Team team) {
        return persistAndFlush(team).onFailure(TeamRepository::nameIsTaken).transform(taken -> duplicateName());
    }

    /** Writes what was changed. */
    Uni<Void> write() {
        return flush().onFailure(TeamRepository::nameIsTaken).transform(taken -> duplicateName());
    }

    /** Whether nothing was ever counted or paid in the team's currency; held so until the transaction ends. */
    Uni<Boolean> isUnbilled(UUID id) {
        return sql().chain(sql -> sql.run("SELECT 1 FROM team WHERE id = $1 FOR UPDATE", Tuple.of(id))
                .chain(() -> sql.run("""
                        SELECT NOT (EXISTS (SELECT 1 FROM ledger_account WHERE team_id = $1)
                            OR EXISTS (SELECT 1 FROM credit_grant WHERE team_id = $1)
                            OR EXISTS (SELECT 1 FROM usage_event_key WHERE team_id = $1))
                        """, Tuple.of(id))))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static boolean nameIsTaken(Throwable failure) {
        return DatabaseFailures.violates(failure, "team_live_name");
    }

    private static DomainError duplicateName() {
        return DomainError.fields(ErrorCode.DUPLICATE_NAME,
                List.of(new FieldError("name", "another team has this name. Choose another one")));
    }
}
