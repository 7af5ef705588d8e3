package dev.tollkeeper.billing.budget;

import java.time.Instant;
import java.util.UUID;

/**
 * A budget of a project.
 *
 * @param currency the currency of its limit, which is the team's
 */
record Budget(UUID teamId, UUID id, UUID projectId, BudgetTerms terms, String currency, Instant createdAt, Instant updatedAt) {
    Budget with(BudgetTerms changed, Instant now) {
        return new Budget(teamId, id, projectId, changed, currency, createdAt, now);
    }

    /** Whether it counts what this one uses. */
    boolean covers(Spender spender) {
        return projectId.equals(spender.projectId()) && switch (terms.scope()) {
            case KEY -> spender.keyId().equals(terms.keyId());
            case USER -> spender.userId().equals(terms.userId());
            case PROJECT, EACH_KEY, EACH_USER -> true;
        };
    }

    /** Under which id it limits what this one uses: the key's or user's where each has a count of their own, else the budget's. */
    UUID subject(Spender spender) {
        return switch (terms.scope()) {
            case EACH_KEY -> spender.keyId();
            case EACH_USER -> spender.userId();
            case PROJECT, KEY, USER -> id;
        };
    }

    /** The project, key or user that is refused when a subject's count has reached the limit. */
    UUID refused(UUID subject) {
        return switch (terms.scope()) {
            case EACH_KEY, EACH_USER -> subject;
            case PROJECT -> projectId;
            case KEY -> terms.keyId();
            case USER -> terms.userId();
        };
    }

    /** Whether a subject's count has the limit. The whole of what each key or user has spent has none. */
    boolean limits(UUID subject) {
        return !(terms.scope().isOfEach() && subject.equals(id));
    }

    /** A budget is the same one whatever it says. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Budget budget && id.equals(budget.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
