package dev.tollkeeper.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import dev.tollkeeper.database.Columns;

/**
 * That a budget is used up.
 *
 * @param from the beginning of the window in which it is
 * @param until when it is free again, null for never
 */
record UsedUp(Instant from, Instant until) {
    boolean isAt(Instant now) {
        return !now.isBefore(from) && (until == null || now.isBefore(until));
    }

    /** Reads them from the database's array: of each its two times. */
    static List<UsedUp> read(OffsetDateTime[] times) {
        List<UsedUp> found = new ArrayList<>();
        for (int place = 0; place < times.length; place += 2) {
            found.add(new UsedUp(times[place].toInstant(), Columns.instant(times[place + 1])));
        }
        return List.copyOf(found);
    }
}
