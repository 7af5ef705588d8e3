package dev.tollkeeper.billing.report;

import java.util.List;

/**
 * The totals of a range: of everything, and by project, key, model and meter. Each list sums to the total of all.
 *
 * @param totals one of {@link Kind#ALL}, then those of the groups, the most expensive first
 */
record Summary(List<Total> totals) {
    /** What a total is of. */
    enum Kind {
        ALL,
        PROJECT,
        KEY,
        MODEL,
        METER
    }

    /**
     * One total.
     *
     * @param id what it is of; null for all, and for the model of usage that has none
     * @param name what people call it, null where it has no name
     */
    record Total(Kind kind, String id, String name, Usage usage) {
    }

    Usage all() {
        return of(Kind.ALL).stream().map(Total::usage).findFirst().orElse(Usage.NOTHING);
    }

    List<Total> of(Kind kind) {
        return totals.stream().filter(total -> total.kind() == kind).toList();
    }
}
