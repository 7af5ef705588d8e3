package dev.tollkeeper.key;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.webhook.Outbox;
import dev.tollkeeper.webhook.WebhookType;
import io.smallrye.mutiny.Uni;

/** Tells the team's webhooks what became of a key, in the transaction in which it did. */
@Singleton
class KeyEvents {
    private final Outbox outbox;

    KeyEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Tells them. */
    Uni<Void> tell(Sql sql, WebhookType type, ApiKey key) {
        return tell(sql, type, KeyEvent.of(key));
    }

    /** Tells them of a key that was read otherwise. */
    Uni<Void> tell(Sql sql, WebhookType type, KeyEvent event) {
        return outbox.append(sql, event.teamId(), type, event.data());
    }
}
