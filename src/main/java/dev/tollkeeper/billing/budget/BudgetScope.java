package dev.tollkeeper.billing.budget;

import java.util.Arrays;
import java.util.Locale;

import dev.tollkeeper.http.problem.DomainError;

/** Whose usage a budget counts, within its project. */
enum BudgetScope {
    /** That of all keys together. */
    PROJECT,
    /** That of one key. */
    KEY,
    /** That of every key by itself. */
    EACH_KEY,
    /** That of all keys that one user made. */
    USER,
    /** That of every user's keys by themselves. */
    EACH_USER;

    /** The scope as the API writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether every key or user has a count of their own. */
    boolean isOfEach() {
        return this == EACH_KEY || this == EACH_USER;
    }

    /**
     * The scope that the API writes so.
     *
     * @throws DomainError naming the field where there is none
     */
    static BudgetScope inField(String text) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(text)).findFirst()
                .orElseThrow(() -> DomainError.invalidField("scope", "must be project, key, each_key, user or each_user"));
    }
}
