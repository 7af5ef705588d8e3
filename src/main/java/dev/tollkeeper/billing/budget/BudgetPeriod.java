package dev.tollkeeper.billing.budget;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.time.BucketSize;
import dev.tollkeeper.time.Buckets;
import dev.tollkeeper.time.DateRange;

/** How long a budget's windows are. */
enum BudgetPeriod {
    /** A day, from midnight. */
    DAILY(BucketSize.DAY_1),
    /** A week, from Monday. */
    WEEKLY(BucketSize.WEEK_1),
    /** A calendar month. */
    MONTHLY(BucketSize.MONTH_1),
    /** All time: one window that does not end. */
    TOTAL(null);

    private final BucketSize size;

    BudgetPeriod(BucketSize size) {
        this.size = size;
    }

    /** The period as the API writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The window of a zone's calendar that an instant lies in. */
    Window window(Instant instant, ZoneId zone) {
        if (size == null) {
            return Window.ALL_TIME;
        }
        DateRange range = Buckets.holding(instant, size, zone);
        return new Window(range.start(), range.end());
    }

    /**
     * The period that the API writes so.
     *
     * @throws DomainError naming the field where there is none
     */
    static BudgetPeriod inField(String text) {
        return Arrays.stream(values()).filter(period -> period.word().equals(text)).findFirst()
                .orElseThrow(() -> DomainError.invalidField("period", "must be daily, weekly, monthly or total"));
    }
}
