package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.money.Decimals;

/** A team's usage interval by interval, project by project. Projects without usage in the range are left out. */
@Schema(name = "BillingIntervalsByProject")
record ProjectIntervalsAnswer(UUID teamId, Instant start, Instant end, String interval, String timezone, String totalCost,
        String totalQuantity, CurrencyAnswer currency, List<ProjectIntervals> projects) implements CsvTable {
    /** One project's rows, which tile the range. */
    @Schema(name = "ProjectIntervals")
    record ProjectIntervals(String projectId, String name, String totalCost, String totalQuantity, List<IntervalRow> rows) {
    }

    static ProjectIntervalsAnswer of(Tiling tiling, ReportService.InCurrency<List<GroupedUsage>> read) {
        Map<String, List<GroupedUsage>> byProject = new LinkedHashMap<>();
        read.report().forEach(row -> byProject.computeIfAbsent(row.group(), first -> new ArrayList<>()).add(row));
        ReportService.checkSize((long) byProject.size() * tiling.buckets().size());
        Usage total = IntervalRow.sum(read.report());
        return new ProjectIntervalsAnswer(tiling.teamId(), tiling.range().start(), tiling.range().end(), tiling.word(),
                tiling.zone().getId(), Decimals.money(total.cost()), Decimals.quantity(total.quantity()),
                CurrencyAnswer.of(read.currency()),
                byProject.values().stream().map(rows -> project(tiling, rows)).toList());
    }

    private static ProjectIntervals project(Tiling tiling, List<GroupedUsage> used) {
        Usage total = IntervalRow.sum(used);
        return new ProjectIntervals(used.get(0).group(), used.get(0).label(), Decimals.money(total.cost()),
                Decimals.quantity(total.quantity()), IntervalRow.tile(tiling.buckets(), used));
    }

    @Override
    public List<String> csvHeader() {
        return List.of("project_id", "project", "start", "end", "quantity", "cost", "currency", "requests");
    }

    @Override
    public Stream<List<?>> csvRows() {
        return projects.stream().flatMap(project -> project.rows().stream().map(row -> List.of(project.projectId(),
                project.name(), row.start(), row.end(), row.quantity(), row.cost(), currency.code(), row.requests())));
    }
}
