package dev.tollkeeper.webhook;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.DynamicUpdate;

/** Where a team wants to be told of what. */
@Entity
@Table(name = "webhook")
@IdClass(WebhookId.class)
@DynamicUpdate
class Webhook {
    @Id
    @Column(name = "team_id")
    private UUID teamId;
    @Id
    private UUID id;
    private String url;
    @Column(name = "types", columnDefinition = "_text")
    private String[] types;
    private boolean enabled;
    private String description;
    @Column(name = "sealed_secret", updatable = false)
    private byte[] sealedSecret;
    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    /** For Hibernate. */
    Webhook() {
    }

    Webhook(UUID teamId, UUID id, WebhookTerms terms, byte[] sealedSecret, Instant createdAt) {
        this.teamId = teamId;
        this.id = id;
        this.url = terms.url();
        this.types = terms.types().toArray(String[]::new);
        this.enabled = terms.enabled();
        this.description = terms.description();
        this.sealedSecret = sealedSecret;
        this.createdAt = createdAt;
    }

    UUID teamId() {
        return teamId;
    }

    UUID id() {
        return id;
    }

    String url() {
        return url;
    }

    void sendTo(String newUrl) {
        url = newUrl;
    }

    List<String> types() {
        return Arrays.asList(types);
    }

    void tellOf(List<String> newTypes) {
        types = newTypes.toArray(String[]::new);
    }

    boolean enabled() {
        return enabled;
    }

    void enable(boolean wanted) {
        enabled = wanted;
    }

    String description() {
        return description;
    }

    void describe(String newDescription) {
        description = newDescription;
    }

    byte[] sealedSecret() {
        return sealedSecret;
    }

    Instant createdAt() {
        return createdAt;
    }
}
