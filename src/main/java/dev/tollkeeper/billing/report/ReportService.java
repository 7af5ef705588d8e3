package dev.tollkeeper.billing.report;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.time.DateRange;
import io.smallrye.mutiny.Uni;

/** Reads the reports of a team for whoever is in it. */
@Singleton
class ReportService {
    /** The most rows of one report. */
    static final int MOST_ROWS = 100_000;

    private final ReportRepository reports;

    ReportService(ReportRepository reports) {
        this.reports = reports;
    }

    /**
     * A report with the currency its costs are in.
     *
     * @param <T> what the report is
     */
    record InCurrency<T>(T report, CurrencyInfo currency) {
    }

    Uni<InCurrency<Summary>> summary(Caller caller, UUID teamId, DateRange range) {
        return of(caller, teamId, team -> reports.summary(team, range));
    }

    /** The usage of each bucket and group that has any. */
    Uni<InCurrency<List<GroupedUsage>>> grouped(Caller caller, UUID teamId, List<DateRange> buckets, Grouping grouping) {
        return ofKey(caller, teamId, buckets, grouping, null);
    }

    /**
     * The usage of each bucket and group that has any, of one key.
     *
     * @param key null for all keys; nothing was used by a key that is not the team's
     */
    Uni<InCurrency<List<GroupedUsage>>> ofKey(Caller caller, UUID teamId, List<DateRange> buckets, Grouping grouping,
            UUID key) {
        return of(caller, teamId, team -> reports.grouped(team, buckets, grouping, key, MOST_ROWS + 1)
                .invoke(rows -> checkSize(rows.size())));
    }

    /**
     * Refuses a report that would not fit an answer.
     *
     * @throws DomainError with what to do instead
     */
    static void checkSize(long rows) {
        if (rows > MOST_ROWS) {
            throw DomainError.of(ErrorCode.INVALID_DATE_RANGE, "The report would have more than " + MOST_ROWS
                    + " rows. Ask for a larger interval, a shorter range or fewer groups.");
        }
    }

    private <T> Uni<InCurrency<T>> of(Caller caller, UUID teamId, Function<UUID, Uni<T>> read) {
        caller.requireTeam(teamId);
        return reports.currency(teamId)
                .map(found -> found.orElseThrow(() -> DomainError.notFound("Team")))
                .chain(currency -> read.apply(teamId).map(report -> new InCurrency<>(report, currency)));
    }
}
