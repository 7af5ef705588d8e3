package dev.tollkeeper.project.config;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Changes;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.EntityTags;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.ProjectRef;
import dev.tollkeeper.project.ProjectSettings;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** Reads and changes a project's configuration. */
@Singleton
class ConfigService {
    private final ConfigRepository configs;
    private final RegistryCheck registry;
    private final AuditTrail audit;
    private final Clock clock;

    ConfigService(ConfigRepository configs, RegistryCheck registry, AuditTrail audit, Clock clock) {
        this.configs = configs;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    @WithSession
    Uni<ProjectConfig> get(ProjectRef project) {
        return configs.get(project).map(ConfigEntity::toConfig);
    }

    /**
     * Changes a configuration.
     *
     * @param expected the versions that the caller would change; null for any
     */
    @WithTransaction
    Uni<ProjectConfig> update(ProjectRef project, ConfigChange change, EntityTags expected) {
        return configs.lock(project)
                .chain(entity -> configs.sql().chain(sql -> update(sql, project, entity, change, expected)));
    }

    /** The caller's precondition comes last: it only guards what would be done without it (RFC 9110 §13.2.1). */
    private Uni<ProjectConfig> update(Sql sql, ProjectRef project, ConfigEntity entity, ConfigChange change,
            EntityTags expected) {
        ProjectSettings before = entity.settings();
        ProjectSettings after = change.over(before);
        requireMayChange(project.role(), before, after);
        return registry.require(sql, change.inference())
                .invoke(() -> requireExpected(entity.toConfig(), expected))
                .invoke(() -> entity.write(after, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .chain(() -> audit.append(sql, new AuditEvent(project.teamId(), "config.updated", "project",
                        project.projectId().toString(), changes(before, after))))
                .replaceWith(entity::toConfig);
    }

    private static void requireMayChange(Role role, ProjectSettings before, ProjectSettings after) {
        if (role == Role.ADMIN) {
            return;
        }
        if (!before.allowOverwrite()) {
            throw DomainError.of(ErrorCode.ADMIN_REQUIRED, "Only an admin of the team may change this configuration, unless "
                    + "its allow_overwrite is true. Ask one of them.");
        }
        if (!after.allowOverwrite()) {
            throw DomainError.of(ErrorCode.ADMIN_REQUIRED,
                    "Only an admin of the team may change allow_overwrite. Leave it out, or ask one of them.");
        }
    }

    private static void requireExpected(ProjectConfig current, EntityTags expected) {
        if (expected != null && !expected.match(current.entityTag())) {
            throw DomainError.of(ErrorCode.PRECONDITION_FAILED,
                    "The configuration is not the one that If-Match names: somebody "
                            + "changed it since. Get it again, and make your change on that.");
        }
    }

    private static Map<String, Object> changes(ProjectSettings before, ProjectSettings after) {
        InferenceConfig from = before.inferenceConfig();
        InferenceConfig to = after.inferenceConfig();
        return Changes.none().and("active", before.active(), after.active())
                .and("allow_overwrite", before.allowOverwrite(), after.allowOverwrite())
                .and("inference_config.allowed_providers", from.allowedProviders(), to.allowedProviders())
                .and("inference_config.blacklisted_models", from.blacklistedModels(), to.blacklistedModels())
                .and("inference_config.eu_native", from.euNative(), to.euNative())
                .and("inference_config.include_metadata", from.includeMetadata(), to.includeMetadata())
                .and("inference_config.preference", from.preference(), to.preference()).asMap();
    }
}
