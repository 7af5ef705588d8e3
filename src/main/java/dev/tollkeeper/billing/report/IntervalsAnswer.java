package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.money.Decimals;

/** A team's usage interval by interval. The rows tile the range and sum to the total. */
@Schema(name = "BillingIntervals")
record IntervalsAnswer(UUID teamId, Instant start, Instant end, String interval, String timezone, String totalCost,
        String totalQuantity, CurrencyAnswer currency, List<IntervalRow> rows) implements CsvTable {
    static IntervalsAnswer of(Tiling tiling, ReportService.InCurrency<List<GroupedUsage>> read) {
        Usage total = IntervalRow.sum(read.report());
        return new IntervalsAnswer(tiling.teamId(), tiling.range().start(), tiling.range().end(), tiling.word(),
                tiling.zone().getId(), Decimals.money(total.cost()), Decimals.quantity(total.quantity()),
                CurrencyAnswer.of(read.currency()), IntervalRow.tile(tiling.buckets(), read.report()));
    }

    @Override
    public List<String> csvHeader() {
        return List.of("start", "end", "quantity", "cost", "currency", "requests");
    }

    @Override
    public Stream<List<?>> csvRows() {
        return rows.stream()
                .map(row -> List.of(row.start(), row.end(), row.quantity(), row.cost(), currency.code(), row.requests()));
    }
}
