package dev.tollkeeper.team.member;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

import dev.tollkeeper.caller.Role;

/** A user's place in a team. */
@Entity
@Table(name = "membership")
@IdClass(MembershipId.class)
@DynamicUpdate
public class Membership {
    @Id
    @Column(name = "team_id")
    private UUID teamId;
    @Id
    @Column(name = "user_id")
    private UUID userId;
    @Convert(converter = RoleColumn.class)
    private Role role;
    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    /** For Hibernate. */
    Membership() {
    }

    Membership(UUID teamId, UUID userId, Role role, Instant createdAt) {
        this.teamId = teamId;
        this.userId = userId;
        this.role = role;
        this.createdAt = createdAt;
    }

    UUID teamId() {
        return teamId;
    }

    UUID userId() {
        return userId;
    }

    Role role() {
        return role;
    }

    void become(Role newRole) {
        role = newRole;
    }

    /** How the database has a role. */
    @Converter
    static class RoleColumn implements AttributeConverter<Role, String> {
        @Override
        public String convertToDatabaseColumn(Role role) {
            return role.word();
        }

        @Override
        public Role convertToEntityAttribute(String word) {
            return Role.valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
