package dev.tollkeeper.billing.invoice;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.time.BillingPeriod;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.ZoneIds;

/** What a month's invoice says, or would say now. Its lines sum to its total. */
@Schema(name = "InvoicePreview")
record InvoiceAnswer(UUID teamId, String month, Instant start, Instant end,
        @Schema(enumeration = {
                "open", "closed"}) String status,
        Instant closedAt, String currency, List<Line> lines,
        String total) implements CsvTable{
    /** What one meter and model cost; the model is null for usage of none, `adjusts` the closed month of events that came late. */
    @Schema(name = "InvoiceLine")
    record Line(String meter, String model, String quantity, String amount,
            @Schema(pattern = "[0-9]{4}-[0-9]{2}") String adjusts) {
        static Line of(InvoiceLine line) {
            return new Line(line.meter(), line.model(), Decimals.quantity(line.quantity()), line.amount().toPlainString(),
                    text(line.adjusts()));
        }

        private static String text(YearMonth month) {
            return month == null ? null : month.toString();
        }
    }

    static InvoiceAnswer of(UUID teamId, Invoice invoice) {
        DateRange range = new BillingPeriod(invoice.month()).range(ZoneIds.UTC);
        return new InvoiceAnswer(teamId, invoice.month().toString(), range.start(), range.end(),
                invoice.isClosed() ? "closed" : "open", invoice.closedAt(), invoice.currency(),
                invoice.lines().stream().map(Line::of).toList(), invoice.total().toPlainString());
    }

    @Override
    public List<String> csvHeader() {
        return List.of("meter", "model", "quantity", "amount", "currency", "adjusts");
    }

    @Override
    public Stream<List<?>> csvRows() {
        return lines.stream().map(line -> Arrays.asList(line.meter(), line.model(), line.quantity(), line.amount(), currency,
                line.adjusts()));
    }
}
