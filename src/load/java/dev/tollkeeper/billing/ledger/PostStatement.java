package dev.tollkeeper.billing.ledger;

/** Shows benchmarks the very statement that books transfers. */
public final class PostStatement {
    private PostStatement() {
    }

    /** Its text; {@code $1} is the time, {@code $2} to {@code $13} are arrays with an element for each transfer. */
    public static String text() {
        return LedgerRepository.POST;
    }
}
