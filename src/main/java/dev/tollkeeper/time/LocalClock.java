package dev.tollkeeper.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** What the clock on the wall of a zone shows. */
final class LocalClock {
    private LocalClock() {
    }

    /**
     * The first instant at which the wall clock shows this time or a later one. It grows with the time asked for, even where
     * clocks are set back or skip a day, and that is what makes it fit to cut ranges at.
     */
    static Instant firstInstantAt(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        // java.time would move a skipped time forward by the length of the gap, past the end of the gap.
        return change != null && change.isGap() ? change.getInstant() : time.atZone(zone).toInstant();
    }
}
