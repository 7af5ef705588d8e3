package dev.tollkeeper.project;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.TeamAccess;
import dev.tollkeeper.team.TeamLock;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** What is done with projects. */
@Singleton
class ProjectService {
    /** The most live projects of a team. */
    static final int MOST_PROJECTS = 1000;

    private final ProjectRepository projects;
    private final TeamAccess teams;
    private final AuditTrail audit;
    private final Clock clock;

    ProjectService(ProjectRepository projects, TeamAccess teams, AuditTrail audit, Clock clock) {
        this.projects = projects;
        this.teams = teams;
        this.audit = audit;
        this.clock = clock;
    }

    @WithSession
    Uni<Page<Project>> list(Caller caller, String teamNamed, PageRequest page) {
        return teams.seen(caller, teamNamed)
                .chain(scope -> projects.list(scope, page))
                .map(found -> Page.of(found, page, Project::id));
    }

    @WithSession
    Uni<Project> get(Caller caller, UUID id) {
        return visible(caller, id);
    }

    /** A project that the caller may see: another team's is told like one that is not there. */
    private Uni<Project> visible(Caller caller, UUID id) {
        return projects.require(id).invoke(project -> {
            if (caller.roleIn(project.teamId()).isEmpty()) {
                throw DomainError.notFound("Project");
            }
        });
    }

    private Uni<Project> administered(Caller caller, UUID id) {
        return visible(caller, id).invoke(project -> caller.requireAdmin(project.teamId()));
    }

    @WithTransaction
    Uni<Project> create(Caller caller, String name, String teamNamed) {
        UUID team = TeamAccess.one(caller, teamNamed);
        caller.requireAdmin(team);
        Instant now = now();
        Project project = new Project(team, Ids.next(), name, now);
        return projects.sql().chain(sql -> TeamLock.hold(sql, team)
                .chain(() -> requireRoom(team))
                .chain(() -> projects.insert(project))
                .call(() -> DefaultConfig.insert(sql, team, project.id(), now.atOffset(ZoneOffset.UTC)))
                .call(() -> log(sql, project, "project.created", Map.of("name", name))));
    }

    private Uni<Void> requireRoom(UUID team) {
        return projects.countLive(team).invoke(count -> {
            if (count >= MOST_PROJECTS) {
                throw DomainError.conflict("This team has " + MOST_PROJECTS + " projects, the most a team may have. Delete one "
                        + "that is not needed.");
            }
        }).replaceWithVoid();
    }

    @WithTransaction
    Uni<Project> update(Caller caller, UUID id, Optional<String> name) {
        return administered(caller, id).call(project -> {
            Edits changes = new Edits();
            changes.make("name", project.name(), name, project::rename);
            return changes.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : projects.write().chain(projects::sql)
                            .chain(sql -> log(sql, project, "project.updated", changes.asMap()));
        });
    }

    @WithTransaction
    Uni<Void> delete(Caller caller, UUID id) {
        return administered(caller, id)
                .call(project -> projects.holdAndCountLiveKeys(project).invoke(ProjectService::requireNone))
                .invoke(project -> project.delete(now()))
                .chain(project -> projects.sql()
                        .chain(sql -> log(sql, project, "project.deleted", Map.of("name", project.name()))));
    }

    private static void requireNone(long liveKeys) {
        if (liveKeys > 0) {
            throw DomainError.conflict("This project has " + liveKeys + (liveKeys == 1 ? " live key." : " live keys.")
                    + " Revoke or delete them first; GET /api/manage/api-keys lists them.");
        }
    }

    private Uni<Void> log(Sql sql, Project project, String action, Map<String, ?> changes) {
        return audit.append(sql, new AuditEvent(project.teamId(), action, "project", project.id().toString(), changes));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
