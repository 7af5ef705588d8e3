package dev.tollkeeper.billing.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.time.DateRange;

/** What a team used in a range and what that costs, as hosted.ai's clients read it. Every list sums to the total. */
@Schema(name = "BillingSummary")
record SummaryAnswer(UUID teamId, Instant start, Instant end, String totalCost, String totalQuantity, long totalRequests,
        CurrencyAnswer currency, List<ProjectCost> byProject, List<KeyCost> byKey, List<ModelCost> byModel,
        List<MeterCost> byMeter) {
    /** A project's share. */
    @Schema(name = "ProjectCost")
    record ProjectCost(String projectId, String name, String quantity, String cost, long requests) {
    }

    /** A key's share. */
    @Schema(name = "KeyCost")
    record KeyCost(String keyId, String name, String quantity, String cost, long requests) {
    }

    /** A model's share; the model is null for usage of none. */
    @Schema(name = "ModelCost")
    record ModelCost(String model, String quantity, String cost, long requests) {
    }

    /** A meter's share. */
    @Schema(name = "MeterCost")
    record MeterCost(String meter, String quantity, String cost, long requests) {
    }

    static SummaryAnswer of(UUID teamId, DateRange range, ReportService.InCurrency<Summary> read) {
        Summary summary = read.report();
        Usage all = summary.all();
        return new SummaryAnswer(teamId, range.start(), range.end(), cost(all), quantity(all), all.requests(),
                CurrencyAnswer.of(read.currency()),
                summary.of(Summary.Kind.PROJECT).stream().map(SummaryAnswer::project).toList(),
                summary.of(Summary.Kind.KEY).stream().map(SummaryAnswer::key).toList(),
                summary.of(Summary.Kind.MODEL).stream().map(SummaryAnswer::model).toList(),
                summary.of(Summary.Kind.METER).stream().map(SummaryAnswer::meter).toList());
    }

    private static ProjectCost project(Summary.Total total) {
        return new ProjectCost(total.id(), total.name(), quantity(total.usage()), cost(total.usage()),
                total.usage().requests());
    }

    private static KeyCost key(Summary.Total total) {
        return new KeyCost(total.id(), total.name(), quantity(total.usage()), cost(total.usage()), total.usage().requests());
    }

    private static ModelCost model(Summary.Total total) {
        return new ModelCost(total.id(), quantity(total.usage()), cost(total.usage()), total.usage().requests());
    }

    private static MeterCost meter(Summary.Total total) {
        return new MeterCost(total.id(), quantity(total.usage()), cost(total.usage()), total.usage().requests());
    }

    private static String quantity(Usage usage) {
        return Decimals.quantity(usage.quantity());
    }

    private static String cost(Usage usage) {
        return Decimals.money(usage.cost());
    }
}
