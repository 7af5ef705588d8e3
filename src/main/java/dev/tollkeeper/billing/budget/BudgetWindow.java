package dev.tollkeeper.billing.budget;

/** A window of a budget. */
record BudgetWindow(Budget budget, Window window) {
}
