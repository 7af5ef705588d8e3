package dev.tollkeeper.billing.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/**
 * What became of one event.
 *
 * @param id the event's id as it was sent
 * @param code why it was rejected, or {@code unpriced}; else null
 * @param message a sentence that says what to do; null where there is nothing to do
 */
@Schema(name = "UsageEventResult")
record EventResult(String id, @Schema(enumeration = {
        ACCEPTED, DUPLICATE, REJECTED}) String status,
        @Schema(enumeration = {
                "invalid_request", "not_found", "event_conflict", "occurred_at_out_of_range", "unpriced"}) String code,
        String message){
    static final String ACCEPTED = "accepted";
    static final String DUPLICATE = "duplicate";
    static final String REJECTED = "rejected";

    static EventResult accepted(String id) {
        return new EventResult(id, ACCEPTED, null, null);
    }

    static EventResult unpriced(UsageEvent event) {
        return new EventResult(event.id().id(), ACCEPTED, "unpriced", "Nothing was charged: the meter " + event.meter()
                + " had no price in your team's currency at that time. The operator sets one with POST /api/prices.");
    }

    static EventResult duplicate(String id) {
        return new EventResult(id, DUPLICATE, null, null);
    }

    static EventResult invalid(String id, DomainError error) {
        return rejected(id, error.code().word(), error.getMessage());
    }

    static EventResult noSuchKey(String id) {
        return rejected(id, ErrorCode.NOT_FOUND.word(), "Key not found");
    }

    static EventResult conflict(String id) {
        return rejected(id, "event_conflict",
                "Another event of this source was sent with this id. Give each event an id of its own.");
    }

    static EventResult outOfRange(String id) {
        return rejected(id, "occurred_at_out_of_range",
                "Events are taken from 35 days back to 5 minutes ahead. Check occurred_at and the sender's clock.");
    }

    private static EventResult rejected(String id, String code, String message) {
        return new EventResult(id, REJECTED, code, message);
    }
}
