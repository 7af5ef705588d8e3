package dev.tollkeeper.webhook;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** What is done with webhooks, by admins of their team. */
@Singleton
class WebhookService {
    /** The most webhooks of a team. */
    static final int MOST = 20;

    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;
    private final SecretSeal seal;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    WebhookService(WebhookRepository webhooks, DeliveryRepository deliveries, SecretSeal seal, AuditTrail audit, Clock clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.seal = seal;
        this.audit = audit;
        this.clock = clock;
    }

    /** A team's webhooks; whose, says {@code ?team_id=} where the caller is in several. */
    @WithSession
    Uni<Page<Webhook>> list(Caller caller, String teamNamed, PageRequest page) {
        UUID team = administered(caller, teamNamed);
        return webhooks.requireTeam(team)
                .chain(() -> webhooks.list(team, page))
                .map(found -> Page.of(found, page, Webhook::id));
    }

    private static UUID administered(Caller caller, String teamNamed) {
        UUID team = caller.requireTeam(teamNamed);
        caller.requireAdmin(team);
        return team;
    }

    @WithSession
    Uni<Webhook> get(Caller caller, UUID id) {
        return webhooks.require(id).invoke(webhook -> requireAdmin(caller, webhook));
    }

    /** Another team's webhook is told like one that is not there. */
    private static void requireAdmin(Caller caller, Webhook webhook) {
        if (caller.roleIn(webhook.teamId()).isEmpty()) {
            throw DomainError.notFound("Webhook");
        }
        caller.requireAdmin(webhook.teamId());
    }

    /** Makes a webhook; its secret is shown this once. */
    @WithTransaction
    Uni<IssuedWebhook> create(Caller caller, String teamNamed, WebhookTerms terms) {
        UUID team = administered(caller, teamNamed);
        SigningSecret secret = SigningSecret.generate(random);
        UUID id = Ids.next();
        Webhook webhook = new Webhook(team, id, terms, seal.seal(id, secret), clock.instant().truncatedTo(ChronoUnit.MICROS));
        return webhooks.holdTeam(team)
                .chain(() -> requireRoom(team))
                .chain(() -> webhooks.persistAndFlush(webhook))
                .call(() -> log(webhook, "webhook.created", description(terms)))
                .replaceWith(() -> new IssuedWebhook(webhook, secret));
    }

    private Uni<Void> requireRoom(UUID team) {
        return webhooks.countOf(team).invoke(count -> {
            if (count >= MOST) {
                throw DomainError.conflict("This team has " + MOST + " webhooks, the most a team may have. Delete one that is "
                        + "not needed.");
            }
        }).replaceWithVoid();
    }

    private static Map<String, Object> description(WebhookTerms terms) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("url", terms.url());
        fields.put("types", terms.types());
        fields.put("enabled", terms.enabled());
        fields.put("description", terms.description());
        return fields;
    }

    /** Edits a webhook; the secret stays. */
    @WithTransaction
    Uni<Webhook> update(Caller caller, UUID id, WebhookChange change) {
        return webhooks.requireHeld(id)
                .invoke(webhook -> requireAdmin(caller, webhook))
                .call(webhook -> apply(webhook, change));
    }

    private Uni<Void> apply(Webhook webhook, WebhookChange change) {
        Map<String, Object> changes = change.applyTo(webhook);
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return webhooks.sql()
                .call(sql -> webhook.enabled() ? Uni.createFrom().voidItem() : abandon(sql, webhook, "disabled"))
                .chain(() -> log(webhook, "webhook.updated", changes));
    }

    /** Deletes a webhook. What is on its way may still arrive; nothing more is sent. */
    @WithTransaction
    Uni<Void> delete(Caller caller, UUID id) {
        return webhooks.requireHeld(id)
                .invoke(webhook -> requireAdmin(caller, webhook))
                .call(webhook -> webhooks.delete(webhook))
                .call(webhook -> webhooks.sql().chain(sql -> abandon(sql, webhook, "deleted")))
                .chain(webhook -> log(webhook, "webhook.deleted", Map.of("url", webhook.url())));
    }

    private Uni<Void> abandon(Sql sql, Webhook webhook, String done) {
        return deliveries.abandon(sql, webhook.teamId(), webhook.id(), null,
                "The webhook was " + done + " before this was delivered.");
    }

    private Uni<Void> log(Webhook webhook, String action, Map<String, ?> changes) {
        return webhooks.sql().chain(sql -> audit.append(sql,
                new AuditEvent(webhook.teamId(), action, "webhook", webhook.id().toString(), changes)));
    }
}
