package dev.tollkeeper.team.user;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

/** A person who signs in. Who runs the installation is decided at its first start, and never written here. */
@Entity
@Table(name = "app_user")
@DynamicUpdate
class User {
    /** The hash of no password. */
    private static final String NONE = "-";

    @Id
    private UUID id;
    private String email;
    private String name;
    @Column(name = "password_hash")
    private String passwordHash;
    @Convert(converter = UserStatus.Column.class)
    private UserStatus status;
    @Column(name = "is_operator", updatable = false)
    private boolean operator;
    @Column(name = "created_at", updatable = false)
    private Instant createdAt;
    @Column(name = "deleted_at")
    private Instant deletedAt;

    /** For Hibernate. */
    User() {
    }

    User(UUID id, String email, String name, String passwordHash, Instant createdAt) {
        this.id = id;
        this.email = email;
        this.name = name;
        this.passwordHash = passwordHash;
        this.status = UserStatus.ACTIVE;
        this.operator = false;
        this.createdAt = createdAt;
    }

    String email() {
        return email;
    }

    void reachAt(String newEmail) {
        email = newEmail;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    void signInWith(String newPasswordHash) {
        passwordHash = newPasswordHash;
    }

    UserStatus status() {
        return status;
    }

    void become(UserStatus newStatus) {
        status = newStatus;
    }

    /** The row stays, since keys and history refer to it; what would let somebody sign in does not. */
    void delete(Instant now) {
        deletedAt = now;
        passwordHash = NONE;
    }
}
