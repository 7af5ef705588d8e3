package dev.tollkeeper.audit;

import java.util.Map;
import java.util.UUID;

/**
 * Something that was done, or refused. Never carries a secret.
 *
 * @param teamId the team whose log it belongs to; {@link #INSTALLATION} for the installation's own
 * @param action what was done, as {@code thing.verb}
 * @param targetType what kind of thing it was done to
 * @param targetId which one
 * @param changes field by field what changed, or what describes the event
 */
public record AuditEvent(UUID teamId, String action, String targetType, String targetId, Map<String, ?> changes) {
    /** The log of what concerns no team: registry, prices, operators. */
    public static final UUID INSTALLATION = new UUID(0, 0);
}
