package dev.tollkeeper.database;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;

/**
 * What a failure of the database means. SQLSTATE codes are PostgreSQL's (appendix A of its manual). A statement of the PG
 * client fails with a {@link PgException}; one of Hibernate Reactive's own with an {@link SQLException} made from it, which
 * tells the constraint in its message only.
 */
public final class DatabaseFailures {
    private static final int DEEPEST = 20;
    /**
     * 08: connection; 53: a full disk, no memory, too many connections; 57: ended by a shutdown, a time limit or an operator; 58: an
     * error of the system below it; 25006: a standby, which only reads; 25P03: idle too long. See PostgreSQL's "Error Codes".
     */
    private static final Pattern UNREACHABLE = Pattern.compile("08...|53...|57...|58...|25006|25P03");
    /** Failures of the pool and its connections that have no type of their own. */
    private static final Pattern WITHOUT_CONNECTION = Pattern
            .compile("Timeout|Connection is not active now.*|Pending requests failed to be sent.*", Pattern.DOTALL);
    private static final String INTEGRITY_VIOLATION = "23";

    private DatabaseFailures() {
    }

    /** Whether a failure says that the database cannot be reached or does not answer in time, rather than refused a statement. */
    public static boolean isUnreachable(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof PgException || cause instanceof SQLException) {
                return UNREACHABLE.matcher(String.valueOf(stateOf(cause))).matches();
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof VertxException) {
                return true;
            }
            if (cause instanceof NoStackTraceThrowable
                    && WITHOUT_CONNECTION.matcher(String.valueOf(cause.getMessage())).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a failure says that nothing can be changed now: the database is a standby, or is only to be read. */
    public static boolean isReadOnly(Throwable failure) {
        return "25006".equals(sqlState(failure));
    }

    /** Whether a failure says that a text holds a character which PostgreSQL cannot keep: U+0000. */
    public static boolean isUnstorableText(Throwable failure) {
        return "22021".equals(sqlState(failure));
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
            if (cause instanceof SQLException refused) {
                return names(refused, constraint);
            }
        }
        return false;
    }

    private static boolean names(SQLException refused, String constraint) {
        return String.valueOf(refused.getSQLState()).startsWith(INTEGRITY_VIOLATION)
                && Pattern.compile("\\b" + Pattern.quote(constraint) + "\\b").matcher(refused.getMessage()).find();
    }

    private static String stateOf(Throwable cause) {
        if (cause instanceof PgException refused) {
            return refused.getSqlState();
        }
        return cause instanceof SQLException refused ? refused.getSQLState() : null;
    }

    private static String sqlState(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (stateOf(cause) != null) {
                return stateOf(cause);
            }
        }
        return null;
    }
}
