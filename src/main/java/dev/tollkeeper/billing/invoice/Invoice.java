package dev.tollkeeper.billing.invoice;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.LargestRemainder;

/**
 * What a month (UTC) costs a team.
 *
 * @param currency the team's
 * @param total the sum of the lines' amounts
 * @param isClosed whether it never changes any more
 * @param closedAt when it was closed; null while it is open, and for a closed month in which nothing was used
 */
record Invoice(YearMonth month, String currency, List<InvoiceLine> lines, BigDecimal total, boolean isClosed,
        Instant closedAt) {
    /** The invoice of an open month: the lines are rounded to the currency's smallest coin so that they sum to the rounded total. */
    static Invoice open(YearMonth month, String currencyCode, List<InvoiceLine> exact) {
        int digits = CurrencyInfo.of(currencyCode).minorUnitDigits();
        List<BigDecimal> amounts = LargestRemainder.round(exact.stream().map(InvoiceLine::cost).toList(), digits);
        List<InvoiceLine> lines = new ArrayList<>(exact.size());
        for (int line = 0; line < exact.size(); line++) {
            lines.add(exact.get(line).withAmount(amounts.get(line)));
        }
        BigDecimal total = amounts.stream().reduce(BigDecimal.ZERO.setScale(digits), BigDecimal::add);
        return new Invoice(month, currencyCode, List.copyOf(lines), total, false, null);
    }

    /** The same, never to change again. */
    Invoice close(Instant at) {
        return new Invoice(month, currency, lines, total, true, at);
    }

    /** A closed month in which nothing was used. */
    static Invoice closedWithoutUsage(YearMonth month, String currencyCode) {
        Invoice nothing = open(month, currencyCode, List.of());
        return new Invoice(month, currencyCode, List.of(), nothing.total(), true, null);
    }
}
