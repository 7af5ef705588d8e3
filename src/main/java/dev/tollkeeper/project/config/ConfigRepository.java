package dev.tollkeeper.project.config;

import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectRef;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;

@Singleton
class ConfigRepository implements PanacheRepositoryBase<ConfigEntity, ConfigKey> {
    /** A project's configuration; fails with not found where it has none. */
    Uni<ConfigEntity> get(ProjectRef project) {
        return findById(key(project)).onItem().ifNull().failWith(ConfigRepository::notFound);
    }

    /** The same, and nobody else changes it before this transaction ends. */
    Uni<ConfigEntity> lock(ProjectRef project) {
        return findById(key(project), LockModeType.PESSIMISTIC_WRITE).onItem().ifNull().failWith(ConfigRepository::notFound);
    }

    /** SQL in this session's transaction. */
    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    private static ConfigKey key(ProjectRef project) {
        return new ConfigKey(project.teamId(), project.projectId());
    }

    private static DomainError notFound() {
        return DomainError.notFound("Project configuration");
    }
}
