package dev.tollkeeper.key;

import java.util.Map;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;

/** Tells the audit log what was done to a key, in the transaction in which it was done. */
@Singleton
class KeyAudit {
    private final AuditTrail trail;

    KeyAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Adds an entry; {@code done} is the past participle of what was done. */
    Uni<Void> tell(Sql sql, String done, ApiKey key, Map<String, ?> changes) {
        return trail.append(sql, new AuditEvent(key.teamId, "key." + done, "key", key.keyId.toString(), changes));
    }
}
