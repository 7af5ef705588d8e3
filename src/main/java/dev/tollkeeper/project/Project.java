package dev.tollkeeper.project;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

/** A project of a team. */
@Entity
@Table(name = "project")
@IdClass(ProjectId.class)
@DynamicUpdate
class Project {
    @Id
    @Column(name = "team_id")
    private UUID teamId;
    @Id
    private UUID id;
    private String name;
    @Column(name = "created_at", updatable = false)
    private Instant createdAt;
    @Column(name = "deleted_at")
    private Instant deletedAt;

    /** For Hibernate. */
    Project() {
    }

    Project(UUID teamId, UUID id, String name, Instant createdAt) {
        this.teamId = teamId;
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
    }

    UUID teamId() {
        return teamId;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    Instant createdAt() {
        return createdAt;
    }

    void delete(Instant now) {
        deletedAt = now;
    }
}
