package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.time.DateRange;

/** One interval of a range; with or without usage. */
@Schema(name = "IntervalRow")
record IntervalRow(Instant start, Instant end, String quantity, String cost, long requests) {
    /** A row for every bucket, those without usage included. */
    static List<IntervalRow> tile(List<DateRange> buckets, List<GroupedUsage> used) {
        List<Usage> usage = new ArrayList<>(Collections.nCopies(buckets.size(), Usage.NOTHING));
        used.forEach(row -> usage.set(row.bucket(), usage.get(row.bucket()).plus(row.usage())));
        List<IntervalRow> rows = new ArrayList<>(buckets.size());
        for (int bucket = 0; bucket < buckets.size(); bucket++) {
            rows.add(of(buckets.get(bucket), usage.get(bucket)));
        }
        return rows;
    }

    private static IntervalRow of(DateRange bucket, Usage usage) {
        return new IntervalRow(bucket.start(), bucket.end(), Decimals.quantity(usage.quantity()), Decimals.money(usage.cost()),
                usage.requests());
    }

    static Usage sum(List<GroupedUsage> used) {
        return used.stream().map(GroupedUsage::usage).reduce(Usage.NOTHING, Usage::plus);
    }
}
