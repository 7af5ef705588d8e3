package dev.tollkeeper.billing.report;

/**
 * What one meter and model cost.
 *
 * @param model null for usage of none
 * @param usage not rounded
 */
record InvoiceLine(String meter, String model, Usage usage) {
}
