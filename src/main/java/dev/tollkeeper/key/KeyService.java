package dev.tollkeeper.key;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.budget.KeyBudgets;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** Lists, reads, edits, revokes and deletes keys. What makes a secret is {@link KeyIssueService}'s. */
@Singleton
class KeyService {
    private final ApiKeyRepository keys;
    private final KeySecretRepository secrets;
    private final KeyBudgets budgets;
    private final KeyAudit audit;
    private final KeyEvents events;
    private final Clock clock;

    KeyService(ApiKeyRepository keys, KeySecretRepository secrets, KeyBudgets budgets, KeyAudit audit, KeyEvents events,
            Clock clock) {
        this.keys = keys;
        this.secrets = secrets;
        this.budgets = budgets;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A page of the project's keys, revoked ones included. */
    @WithSession
    Uni<Page<KeyDetails>> list(KeyActor actor, KeyFilter filter, PageRequest page) {
        Instant now = now();
        return keys.list(actor, filter, page, now)
                .map(found -> Page.of(found, page, key -> key.keyId).map(key -> key.details(now)));
    }

    /** One key. */
    @WithSession
    Uni<KeyDetails> get(KeyActor actor, UUID keyId) {
        return keys.find(actor, keyId).map(key -> key.details(now()));
    }

    /** Edits a key; the secret stays. */
    @WithTransaction
    Uni<KeyDetails> update(KeyActor actor, UUID keyId, KeyEdit edit) {
        return keys.lock(actor, keyId).chain(key -> edit(actor, key, edit));
    }

    private Uni<KeyDetails> edit(KeyActor actor, ApiKey key, KeyEdit edit) {
        refuseIfRevoked(key);
        Instant now = now();
        KeyDetails before = key.details(now);
        edit.applyTo(key, now);
        KeyDetails after = key.details(now);
        KeyGrants.requireChange(actor, before, after);
        KeyInUse.refuseLockOut(actor, before, after);
        Map<String, Object> changes = KeyChanges.between(before, after);
        return keys.write(key)
                .chain(() -> changes.isEmpty() ? Uni.createFrom().voidItem() : tell("updated", key, changes))
                .replaceWith(after);
    }

    /** Ends a key for good. It stays listed, and a caller who presents it is told why it is refused. */
    @WithTransaction
    Uni<KeyDetails> revoke(KeyActor actor, UUID keyId) {
        return keys.lock(actor, keyId).chain(key -> end(actor, key));
    }

    private Uni<KeyDetails> end(KeyActor actor, ApiKey key) {
        KeyInUse.refuseEnding(actor, key.keyId);
        if (key.revokedAt != null) {
            return Uni.createFrom().item(key.details(now()));
        }
        key.revokedAt = now();
        return keys.write(key)
                .chain(() -> tell("revoked", key, Map.of("name", key.name)))
                .chain(() -> tellWebhooks(key))
                .replaceWith(() -> key.details(now()));
    }

    /** Deletes a key; answers its name. Its secrets are secrets of nothing from then on, and its name is free. Its budgets go with it. */
    @WithTransaction
    Uni<String> delete(KeyActor actor, UUID keyId) {
        return keys.lock(actor, keyId).chain(key -> remove(actor, key));
    }

    /** Deletes the live key of a name, or else the newest revoked one; answers the name. */
    @WithTransaction
    Uni<String> deleteNamed(KeyActor actor, String name) {
        return keys.idOf(actor, name)
                .chain(keyId -> keys.lock(actor, keyId))
                .chain(key -> remove(actor, key));
    }

    private Uni<String> remove(KeyActor actor, ApiKey key) {
        KeyInUse.refuseEnding(actor, key.keyId);
        key.deletedAt = now();
        return keys.write(key)
                .chain(keys::sql)
                .chain(sql -> secrets.removeAll(sql, key)
                        .chain(() -> budgets.delete(sql, key.teamId, key.keyId)))
                .chain(() -> tell("deleted", key, Map.of("name", key.name)))
                .chain(() -> key.revokedAt == null ? tellWebhooks(key) : Uni.createFrom().voidItem())
                .replaceWith(key.name);
    }

    private Uni<Void> tell(String done, ApiKey key, Map<String, ?> changes) {
        return keys.sql().chain(sql -> audit.tell(sql, done, key, changes));
    }

    /** A deleted key works no more either: whoever waits for its end is told the same. */
    private Uni<Void> tellWebhooks(ApiKey key) {
        return keys.sql().chain(sql -> events.tell(sql, WebhookType.KEY_REVOKED, key));
    }

    /** Insists that a key is not revoked. */
    static void refuseIfRevoked(ApiKey key) {
        if (key.revokedAt != null) {
            throw DomainError.conflict("This API key was revoked, for good. Create a new one.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
