package dev.tollkeeper.project.config;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.ProjectSettings;

@Entity
@Table(name = "project_config")
@IdClass(ConfigKey.class)
@DynamicUpdate
class ConfigEntity {
    @Id
    @Column(name = "team_id")
    UUID teamId;
    @Id
    @Column(name = "project_id")
    UUID projectId;
    @Column(name = "id")
    UUID id;
    @Column(name = "active")
    boolean active;
    @Column(name = "allow_overwrite")
    boolean allowOverwrite;
    @Column(name = "allowed_providers")
    String[] allowedProviders;
    @Column(name = "blacklisted_models")
    String[] blacklistedModels;
    @Column(name = "eu_native")
    boolean euNative;
    @Column(name = "include_metadata")
    boolean includeMetadata;
    @Column(name = "preference")
    String preference;
    @Column(name = "schema_version")
    String schemaVersion;
    /** Raised with every change, under the row's lock. */
    @Column(name = "version")
    long version;
    @Column(name = "created_at")
    Instant createdAt;
    @Column(name = "updated_at")
    Instant updatedAt;

    ProjectConfig toConfig() {
        return new ProjectConfig(id, projectId, settings(), schemaVersion, createdAt, updatedAt, version);
    }

    ProjectSettings settings() {
        return new ProjectSettings(active, allowOverwrite, new InferenceConfig(List.of(allowedProviders),
                List.of(blacklistedModels), euNative, includeMetadata, preference));
    }

    void write(ProjectSettings settings, Instant now) {
        InferenceConfig config = settings.inferenceConfig();
        active = settings.active();
        allowOverwrite = settings.allowOverwrite();
        allowedProviders = config.allowedProviders().toArray(String[]::new);
        blacklistedModels = config.blacklistedModels().toArray(String[]::new);
        euNative = config.euNative();
        includeMetadata = config.includeMetadata();
        preference = config.preference();
        updatedAt = now;
        version++;
    }
}
