package dev.tollkeeper.audit;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One entry of the log.
 *
 * @param action what was done, as {@code thing.verb}
 * @param changes field by field what changed, or what describes the event: a JSON object
 */
@Schema(name = "AuditEntry")
record AuditEntry(UUID id, Instant at, EntryActor actor, String action, EntryTarget target, String ip, String userAgent,
        String requestId, @JsonRawValue @Schema(type = SchemaType.OBJECT) String changes) {

    /**
     * Who did it.
     *
     * @param type {@code api_key}, {@code user} or {@code system}
     * @param id null for the system
     */
    @Schema(name = "AuditActor")
    record EntryActor(String type, String id, String name) {
    }

    /** What it was done to. */
    @Schema(name = "AuditTarget")
    record EntryTarget(String type, String id) {
    }
}
