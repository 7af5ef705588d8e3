package dev.tollkeeper.database;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;

/** What a failure of the database means. SQLSTATE codes are PostgreSQL's (appendix A of its manual). */
public final class DatabaseFailures {
    private static final int DEEPEST = 20;

    private DatabaseFailures() {
    }

    /** Whether a failure says that the database cannot be reached or takes no connections, rather than refused a statement. */
    public static boolean isUnreachable(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof PgException refused) {
                String state = String.valueOf(refused.getSqlState());
                // 08: connection; 57P: shutdown, cannot connect now; 53300: too many connections.
                return state.startsWith("08") || state.startsWith("57P") || "53300".equals(state);
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof VertxException) {
                return true;
            }
        }
        return false;
    }

    /** Whether a failure is a lost race with another transaction (serialization failure, deadlock): trying again is right. */
    public static boolean isRace(Throwable failure) {
        String state = sqlState(failure);
        return "40001".equals(state) || "40P01".equals(state);
    }

    /** Whether a failure is the violation of the unique index or constraint of this name. */
    public static boolean violates(Throwable failure, String constraint) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof PgException refused) {
                return constraint.equals(refused.getConstraint());
            }
        }
        return false;
    }

    private static String sqlState(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof PgException refused) {
                return refused.getSqlState();
            }
        }
        return null;
    }
}
