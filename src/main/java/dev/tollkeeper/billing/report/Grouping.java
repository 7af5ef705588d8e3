package dev.tollkeeper.billing.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What usage is told apart by. */
enum Grouping {
    /** Nothing: one row a bucket. */
    NONE("NULL::text", "NULL::text", ""),
    /** The user who made the key. */
    USER("usage.user_id", "app_user.email", "LEFT JOIN app_user ON app_user.id = sums.thing"),
    /** The key, by its id: a name may be given to a later key again. */
    USER_KEY("usage.key_id", "api_key.name", "LEFT JOIN api_key ON api_key.team_id = $1 AND api_key.id = sums.thing"),
    /** The model; null for usage of none. */
    MODEL("usage.model", "sums.thing", ""),
    /** The model's provider; null for usage of none. */
    PROVIDER("usage.provider", "sums.thing", ""),
    /** The project. */
    PROJECT("usage.project_id", "project.name", "LEFT JOIN project ON project.team_id = $1 AND project.id = sums.thing"),
    /** The meter. */
    METER("usage.meter", "sums.thing", "");

    private final String column;
    private final String label;
    private final String labelJoin;

    Grouping(String column, String label, String labelJoin) {
        this.column = column;
        this.label = label;
        this.labelJoin = labelJoin;
    }

    /** The grouping that {@code ?group_by=} names. */
    static Optional<Grouping> of(String word) {
        return Arrays.stream(values()).filter(grouping -> grouping.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String column() {
        return column;
    }

    String label() {
        return label;
    }

    String labelJoin() {
        return labelJoin;
    }
}
