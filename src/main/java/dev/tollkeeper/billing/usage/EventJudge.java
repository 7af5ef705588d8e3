package dev.tollkeeper.billing.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Decides, event by event in the order sent, what counts. What it accepts it knows from then on. */
final class EventJudge {
    /** How far ahead a sender's clock may be. */
    static final Duration AHEAD = Duration.ofMinutes(5);
    /** How late usage may come. */
    static final Duration BACK = Duration.ofDays(35);

    private final UUID projectId;
    private final Map<EventId, EventMark> known;
    private final KeysFound keys;
    private final Instant now;

    /**
     * A judge of one request.
     *
     * @param known which of the request's ids were taken before, and for what
     */
    EventJudge(UUID projectId, Map<EventId, EventMark> known, KeysFound keys, Instant now) {
        this.projectId = projectId;
        this.known = new HashMap<>(known);
        this.keys = keys;
        this.now = now;
    }

    Judgement judge(UsageEvent event) {
        String id = event.id().id();
        UsageKey key = keys.find(event.key());
        EventMark mark = EventMark.of(event, projectId, key);
        EventMark before = known.get(event.id());
        // First of all: an event that counted once is a duplicate for ever, however old it is by now.
        if (before != null) {
            return Judgement.not(before.matches(mark) ? EventResult.duplicate(id) : EventResult.conflict(id));
        }
        if (event.occurredAt().isAfter(now.plus(AHEAD)) || event.occurredAt().isBefore(now.minus(BACK))) {
            return Judgement.not(EventResult.outOfRange(id));
        }
        if (key == null) {
            return Judgement.not(EventResult.noSuchKey(id));
        }
        known.put(event.id(), mark);
        return new Judgement(EventResult.accepted(id), event, key, mark);
    }
}
