package dev.tollkeeper.billing.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * When an event counts: when it happened; or, where its month (UTC) was closed by then, when it came.
 *
 * @param adjusts the closed month in which it happened, null where that is open
 */
record Billed(Instant at, YearMonth adjusts) {
    /**
     * When an event counts that comes now.
     *
     * @param closedThrough the team's last closed month, null for none
     */
    static Billed of(Instant occurredAt, YearMonth closedThrough, Instant now) {
        YearMonth month = YearMonth.from(occurredAt.atOffset(ZoneOffset.UTC));
        boolean open = closedThrough == null || month.isAfter(closedThrough);
        return open ? new Billed(occurredAt, null) : new Billed(now, month);
    }
}
