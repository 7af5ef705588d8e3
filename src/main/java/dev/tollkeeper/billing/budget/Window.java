package dev.tollkeeper.billing.budget;

import java.time.Instant;

/**
 * The time that a budget counts at once: from its start up to but not including its end.
 *
 * @param endsAt null where it does not end
 */
record Window(Instant startsAt, Instant endsAt) {
    /** The window of a budget without a period. */
    static final Window ALL_TIME = new Window(Instant.EPOCH, null);

    /** Whether the window is over at an instant. */
    boolean isOver(Instant now) {
        return endsAt != null && !endsAt.isAfter(now);
    }
}
