package dev.tollkeeper.billing.usage;

/** Shows benchmarks the very statement that stores events. */
public final class StoreStatement {
    private StoreStatement() {
    }

    /** Its text; {@code $1} is the time of receipt, {@code $2} to {@code $17} are arrays with an element for each event. */
    public static String text() {
        return UsageRepository.STORE;
    }
}
