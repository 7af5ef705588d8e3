package dev.tollkeeper.project;

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

/** Projects in the database. Deleted ones are not found, nor those of a deleted team. */
@Singleton
class ProjectRepository implements PanacheRepositoryBase<Project, ProjectId> {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String LIVE = "from Project p where p.deletedAt is null "
            + "and exists (select 1 from Team t where t.id = p.teamId and t.deletedAt is null) and ";

    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    Uni<Project> require(UUID id) {
        return find(LIVE + "p.id = ?1", id).firstResult()
                .onItem().ifNull().failWith(() -> DomainError.notFound("Project"));
    }

    /** The projects of these teams, or all where none are given. */
    Uni<List<Project>> list(Optional<Set<UUID>> teams, PageRequest page) {
        if (teams.filter(Set::isEmpty).isPresent()) {
            return Uni.createFrom().item(List.of());
        }
        UUID after = page.after() == null ? BEFORE_ALL : page.after();
        var query = teams.isEmpty()
                ? find(LIVE + "p.id > ?1 order by p.id", after)
                : find(LIVE + "p.id > ?1 and p.teamId in ?2 order by p.id", after, teams.get());
        return query.range(0, page.limit()).list();
    }

    Uni<Long> countLive(UUID team) {
        return count("teamId = ?1 and deletedAt is null", team);
    }

    /**
     * How many keys of a project are neither revoked nor deleted. The project is held until the transaction ends: a new key
     * needs its row for its foreign key, and so waits.
     */
    Uni<Long> holdAndCountLiveKeys(Project project) {
        Tuple id = Tuple.of(project.teamId(), project.id());
        return sql().chain(sql -> sql.run("SELECT 1 FROM project WHERE team_id = $1 AND id = $2 FOR UPDATE", id)
                .chain(() -> sql.run("SELECT count(*) FROM api_key WHERE team_id = $1 AND project_id = $2 "
                        + "AND revoked_at IS NULL AND deleted_at IS NULL", id)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<Project> insert(Project project) {
        return persistAndFlush(project).onFailure(ProjectRepository::nameIsTaken).transform(taken -> duplicateName());
    }

    /** Writes what was changed. */
    Uni<Void> write() {
        return flush().onFailure(ProjectRepository::nameIsTaken).transform(taken -> duplicateName());
    }

    private static boolean nameIsTaken(Throwable failure) {
        return DatabaseFailures.violates(failure, "project_live_name");
    }

    private static DomainError duplicateName() {
        return DomainError.fields(ErrorCode.DUPLICATE_NAME,
                List.of(new FieldError("name", "another project of the team has this name. Choose another one")));
    }
}
