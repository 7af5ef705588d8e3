package dev.tollkeeper.billing.usage;

/**
 * What became of one event, and where it was accepted what is to be stored.
 *
 * @param event null unless accepted
 * @param key null unless accepted
 * @param mark null unless accepted
 */
record Judgement(EventResult result, UsageEvent event, UsageKey key, EventMark mark) {
    static Judgement not(EventResult result) {
        return new Judgement(result, null, null, null);
    }

    boolean isAccepted() {
        return event != null;
    }
}
