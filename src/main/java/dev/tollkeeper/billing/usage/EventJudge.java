package dev.tollkeeper.billing.usage;

import java.time.Duration;
import java.time.Instant;

import dev.tollkeeper.project.ProjectRef;

/** Decides, event by event in the order sent, what counts. What it accepts it knows from then on. */
final class EventJudge {
    /** How far ahead a sender's clock may be. */
    static final Duration AHEAD = Duration.ofMinutes(5);
    /** How late usage may come. */
    static final Duration BACK = Duration.ofDays(35);

    private final KnownEvents known;
    private final KeysFound keys;
    private final Instant now;

    /**
     * A judge of some requests.
     *
     * @param known which of their events' ids were taken before, and by what
     */
    EventJudge(KnownEvents known, KeysFound keys, Instant now) {
        this.known = known;
        this.keys = keys;
        this.now = now;
    }

    /** Judges an event of a request of this project. */
    Judgement judge(ProjectRef project, UsageEvent event) {
        String id = event.id().id();
        UsageKey key = keys.find(project, event.key());
        EventMark mark = EventMark.of(event, project.projectId(), key);
        EventMark before = known.find(project.teamId(), event.id());
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
        known.add(project.teamId(), event.id(), mark);
        return new Judgement(EventResult.accepted(id), event, key, mark);
    }
}
