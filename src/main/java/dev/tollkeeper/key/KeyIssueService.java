package dev.tollkeeper.key;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.Changes;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.idempotency.Idempotency;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** Makes secrets: of new keys, and of keys that get another one. */
@Singleton
class KeyIssueService {
    private final ApiKeyRepository keys;
    private final KeySecretRepository secrets;
    private final KeyAudit audit;
    private final KeyEvents events;
    private final Idempotency idempotency;
    private final KeySettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    KeyIssueService(ApiKeyRepository keys, KeySecretRepository secrets, KeyAudit audit, KeyEvents events,
            Idempotency idempotency, KeySettings settings, Clock clock) {
        this.keys = keys;
        this.secrets = secrets;
        this.audit = audit;
        this.events = events;
        this.idempotency = idempotency;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes a key, once for each idempotency key. */
    @WithTransaction
    Uni<IssuedKey> create(KeyActor actor, NewKey wanted, IdempotencyKey once) {
        return keys.sql().chain(sql -> idempotency.once(sql, once, IssuedKey.class, () -> create(sql, actor, wanted)));
    }

    private Uni<IssuedKey> create(Sql sql, KeyActor actor, NewKey wanted) {
        Instant now = now();
        if (wanted.expiresAt() != null) {
            KeyFields.requireFuture(wanted.expiresAt(), now);
        }
        KeySecret secret = secret(wanted.managementKey());
        ApiKey key = key(actor, wanted, secret, now);
        KeyGrants.requireAll(actor, key.details(now));
        return keys.lockProject(actor)
                .chain(() -> keys.countLive(actor))
                .invoke(this::requireRoom)
                .chain(() -> keys.write(key))
                .chain(() -> finish(sql, "created", key, secret, KeyChanges.description(key.details(now))))
                .call(() -> events.tell(sql, WebhookType.KEY_CREATED, key));
    }

    private ApiKey key(KeyActor actor, NewKey wanted, KeySecret secret, Instant now) {
        ApiKey key = new ApiKey();
        key.teamId = actor.teamId();
        key.keyId = Ids.next();
        key.projectId = actor.projectId();
        key.createdBy = actor.caller().userId();
        key.name = wanted.name();
        key.managementKey = wanted.managementKey();
        key.hint = secret.hint();
        key.enabled = true;
        key.scopes = wanted.scopes().toArray(String[]::new);
        key.allowedIps = wanted.allowedIps().toArray(String[]::new);
        key.expiresAt = wanted.expiresAt();
        key.setRate(wanted.rateLimit());
        key.remainingUses = wanted.remainingUses();
        key.metadata = wanted.metadata().json();
        key.createdAt = now;
        return key;
    }

    private void requireRoom(long live) {
        if (live >= settings.limitPerProject()) {
            throw DomainError.of(ErrorCode.KEY_LIMIT_REACHED, "The project has " + live + " API keys, and may have "
                    + settings.limitPerProject() + ". Delete or revoke one first.");
        }
    }

    /**
     * Gives a key another secret, once for each idempotency key. The old one works for the overlap; one that is older
     * still works no more.
     */
    @WithTransaction
    Uni<IssuedKey> rotate(KeyActor actor, UUID keyId, Duration overlap, IdempotencyKey once) {
        return keys.sql().chain(sql -> idempotency.once(sql, once, IssuedKey.class,
                () -> keys.lock(actor, keyId).chain(key -> rotate(sql, actor, key, overlap))));
    }

    private Uni<IssuedKey> rotate(Sql sql, KeyActor actor, ApiKey key, Duration overlap) {
        KeyService.refuseIfRevoked(key);
        Instant now = now();
        KeyGrants.requireAll(actor, key.details(now));
        KeySecret secret = secret(key.managementKey);
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("hint", Changes.change(key.hint, secret.hint()));
        changes.put("overlap_seconds", overlap.toSeconds());
        key.hint = secret.hint();
        key.previousSecretValidUntil = overlap.isZero() ? null : now.plus(overlap);
        return endOldSecrets(sql, key, overlap, now)
                .chain(() -> keys.write(key))
                .chain(() -> finish(sql, "rotated", key, secret, changes))
                .call(() -> events.tell(sql, WebhookType.KEY_ROTATED, key));
    }

    private Uni<Void> endOldSecrets(Sql sql, ApiKey key, Duration overlap, Instant now) {
        if (overlap.isZero()) {
            return secrets.removeAll(sql, key);
        }
        return secrets.removePrevious(sql, key, now).chain(() -> secrets.retire(sql, key, now.plus(overlap)));
    }

    /** Ends an overlap early; where there is none, that is so already. */
    @WithTransaction
    Uni<KeyDetails> endPreviousSecret(KeyActor actor, UUID keyId) {
        return keys.lock(actor, keyId).chain(key -> keys.sql()
                .chain(sql -> secrets.removePrevious(sql, key, now())
                        .invoke(() -> key.previousSecretValidUntil = null)
                        .chain(worked -> worked
                                ? audit.tell(sql, "previous_secret_ended", key, Map.of("name", key.name))
                                : Uni.createFrom().voidItem()))
                .replaceWith(() -> key.details(now())));
    }

    private Uni<IssuedKey> finish(Sql sql, String done, ApiKey key, KeySecret secret, Map<String, Object> changes) {
        Instant now = now();
        return secrets.add(sql, key, secret, now)
                .chain(() -> audit.tell(sql, done, key, changes))
                .replaceWith(() -> new IssuedKey(key.details(now), secret.reveal()));
    }

    private KeySecret secret(boolean managementKey) {
        return KeySecret.generate(managementKey ? KeyKind.MANAGEMENT : KeyKind.ORDINARY, random);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
