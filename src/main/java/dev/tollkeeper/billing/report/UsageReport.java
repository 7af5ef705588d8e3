package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.money.Decimals;

/** Aggregated usage, as the Cortecs API reports it. */
@Schema(name = "UsageReport")
record UsageReport(Instant from, Instant until, String bucket, String groupBy, String timezone, String currency,
        List<UsageRow> rows) implements CsvTable {
    /**
     * The usage of one group in one bucket.
     *
     * @param group the group's id or word; null without a grouping, and for usage that has no model or provider
     * @param groupName what people call the group, where its id does not say: a user's address, a key's or project's name
     */
    @Schema(name = "UsageRow")
    record UsageRow(Instant start, Instant end, String group, String groupName, String quantity, long requests, String cost) {
    }

    static UsageReport of(Tiling tiling, Grouping grouping, ReportService.InCurrency<List<GroupedUsage>> read) {
        List<UsageRow> rows = grouping == Grouping.NONE
                ? IntervalRow.tile(tiling.buckets(), read.report()).stream().map(UsageReport::ungrouped).toList()
                : read.report().stream().map(row -> grouped(tiling, row)).toList();
        return new UsageReport(tiling.range().start(), tiling.range().end(), tiling.word(), grouping.word(),
                tiling.zone().getId(), read.currency().code(), rows);
    }

    private static UsageRow ungrouped(IntervalRow row) {
        return new UsageRow(row.start(), row.end(), null, null, row.quantity(), row.requests(), row.cost());
    }

    private static UsageRow grouped(Tiling tiling, GroupedUsage row) {
        var bucket = tiling.buckets().get(row.bucket());
        return new UsageRow(bucket.start(), bucket.end(), row.group(), row.label(), Decimals.quantity(row.usage().quantity()),
                row.usage().requests(), Decimals.money(row.usage().cost()));
    }

    @Override
    public List<String> csvHeader() {
        return List.of("start", "end", "group", "group_name", "quantity", "requests", "cost", "currency");
    }

    @Override
    public Stream<List<?>> csvRows() {
        return rows.stream().map(row -> Arrays.asList(row.start(), row.end(), row.group(), row.groupName(), row.quantity(),
                row.requests(), row.cost(), currency));
    }
}
