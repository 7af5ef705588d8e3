package dev.tollkeeper.billing.budget;

import java.util.UUID;

/**
 * Who is refused for a budget, and when.
 *
 * @param subject the project, key or user
 */
record Exhausted(Budget budget, UUID subject, Exhaustion during) {
}
