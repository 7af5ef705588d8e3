package dev.tollkeeper.billing.usage;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Which ids of events are taken, and by what. */
final class KnownEvents {
    private record TeamsId(UUID teamId, EventId id) {
    }

    private final Map<TeamsId, EventMark> marks = new HashMap<>();

    void add(UUID teamId, EventId id, EventMark mark) {
        marks.put(new TeamsId(teamId, id), mark);
    }

    /** What a team's id is taken by, null where it is free. */
    EventMark find(UUID teamId, EventId id) {
        return marks.get(new TeamsId(teamId, id));
    }
}
