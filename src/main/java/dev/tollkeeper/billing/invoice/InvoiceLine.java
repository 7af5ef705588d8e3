package dev.tollkeeper.billing.invoice;

import java.math.BigDecimal;
import java.time.YearMonth;

/**
 * What one meter and model cost.
 *
 * @param model null for usage of none
 * @param adjusts the closed month that these late events belong to, null for the month's own
 * @param cost exact
 * @param amount what is to be paid, in whole coins of the currency
 */
record InvoiceLine(String meter, String model, YearMonth adjusts, BigDecimal quantity, BigDecimal cost, BigDecimal amount) {
    /** A line whose amount has yet to be rounded, together with the others. */
    static InvoiceLine exact(String meter, String model, YearMonth adjusts, BigDecimal quantity, BigDecimal cost) {
        return new InvoiceLine(meter, model, adjusts, quantity, cost, cost);
    }

    InvoiceLine withAmount(BigDecimal rounded) {
        return new InvoiceLine(meter, model, adjusts, quantity, cost, rounded);
    }
}
