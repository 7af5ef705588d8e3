package dev.tollkeeper.billing.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.money.LargestRemainder;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.DateRange;

/**
 * What a month's invoice would say now. Its lines are rounded to the currency's smallest coin so that they sum to the
 * rounded total.
 */
@Schema(name = "InvoicePreview")
record InvoicePreview(UUID teamId, String month, Instant start, Instant end, String currency, List<Line> lines, String total)
        implements
            CsvTable {
    /** What one meter and model cost; the model is null for usage of none. */
    @Schema(name = "InvoiceLine")
    record Line(String meter, String model, String quantity, String amount) {
    }

    static InvoicePreview of(UUID teamId, BillingPeriod period, DateRange range,
            ReportService.InCurrency<List<InvoiceLine>> read) {
        CurrencyInfo currency = read.currency();
        List<InvoiceLine> exact = read.report();
        List<BigDecimal> amounts = LargestRemainder.round(exact.stream().map(line -> line.usage().cost()).toList(),
                currency.minorUnitDigits());
        List<Line> lines = new ArrayList<>(exact.size());
        for (int line = 0; line < exact.size(); line++) {
            lines.add(new Line(exact.get(line).meter(), exact.get(line).model(),
                    Decimals.quantity(exact.get(line).usage().quantity()), amounts.get(line).toPlainString()));
        }
        BigDecimal total = amounts.stream().reduce(BigDecimal.ZERO.setScale(currency.minorUnitDigits()), BigDecimal::add);
        return new InvoicePreview(teamId, period.month().toString(), range.start(), range.end(), currency.code(), lines,
                total.toPlainString());
    }

    @Override
    public List<String> csvHeader() {
        return List.of("meter", "model", "quantity", "amount", "currency");
    }

    @Override
    public Stream<List<?>> csvRows() {
        return lines.stream()
                .map(line -> Arrays.asList(line.meter(), line.model(), line.quantity(), line.amount(), currency));
    }
}
