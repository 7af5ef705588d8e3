package dev.tollkeeper.key;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;

/**
 * A key as it is stored. An edit writes only the columns it changed, and never those of its last use: verification
 * writes these, and counts {@code remaining_uses} down, at any moment.
 */
@Entity
@Table(name = "api_key")
@IdClass(ApiKeyId.class)
@DynamicUpdate
class ApiKey {
    @Id
    @Column(name = "team_id")
    UUID teamId;

    @Id
    @Column(name = "id")
    UUID keyId;

    @Column(name = "project_id", updatable = false)
    UUID projectId;

    @Column(name = "created_by", updatable = false)
    UUID createdBy;

    @Column(name = "name", columnDefinition = "text")
    String name;

    @Column(name = "is_management_key", updatable = false)
    boolean managementKey;

    @Column(name = "hint", columnDefinition = "text")
    String hint;

    @Column(name = "enabled")
    boolean enabled;

    @Column(name = "scopes", columnDefinition = "_text")
    String[] scopes;

    @Column(name = "allowed_ips", columnDefinition = "_text")
    String[] allowedIps;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "rate_limit")
    Integer rateLimit;

    @Column(name = "rate_limit_window_seconds")
    Integer rateLimitWindowSeconds;

    @Column(name = "remaining_uses")
    Long remainingUses;

    // As text both ways: a JSON object of the driver's would turn long numbers into binary floating point.
    @Column(name = "metadata", columnDefinition = "jsonb")
    @ColumnTransformer(read = "cast(metadata as text)", write = "cast(cast(? as text) as jsonb)")
    String metadata;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "revoked_at")
    Instant revokedAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @Column(name = "last_used_at", insertable = false, updatable = false)
    Instant lastUsedAt;

    @Column(name = "last_used_ip", columnDefinition = "text", insertable = false, updatable = false)
    String lastUsedIp;

    /** Until when its previous secret works. Of another table: whoever changes it there says so here. */
    @Formula("(SELECT s.valid_until FROM api_key_secret s WHERE s.team_id = team_id AND s.key_id = id AND s.slot = 'previous')")
    Instant previousSecretValidUntil;

    /** What is told of the key at this moment. */
    KeyDetails details(Instant now) {
        return new KeyDetails(keyId, name, createdAt, managementKey, hint, status(now), enabled, List.of(scopes),
                List.of(allowedIps), expiresAt, rate(), remainingUses, Metadata.stored(metadata), lastUsedAt, lastUsedIp,
                createdBy, previousSecretExpiresAt(now));
    }

    private Instant previousSecretExpiresAt(Instant now) {
        boolean works = revokedAt == null && previousSecretValidUntil != null && previousSecretValidUntil.isAfter(now);
        return works ? previousSecretValidUntil : null;
    }

    private KeyStatus status(Instant now) {
        if (revokedAt != null) {
            return KeyStatus.REVOKED;
        }
        if (!enabled) {
            return KeyStatus.DISABLED;
        }
        return expiresAt != null && !now.isBefore(expiresAt) ? KeyStatus.EXPIRED : KeyStatus.ACTIVE;
    }

    private KeyRate rate() {
        return rateLimit == null ? null : new KeyRate(rateLimit, rateLimitWindowSeconds);
    }

    void setRate(KeyRate rate) {
        rateLimit = rate == null ? null : rate.limit();
        rateLimitWindowSeconds = rate == null ? null : rate.windowSeconds();
    }
}
