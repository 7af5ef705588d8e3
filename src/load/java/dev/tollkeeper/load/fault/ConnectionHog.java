package dev.tollkeeper.load.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client that takes every connection that PostgreSQL has, those of others too. */
final class ConnectionHog {
    private static final String TOO_MANY = "53300";
    private static final Deque<Connection> TAKEN = new ArrayDeque<>();

    private ConnectionHog() {
    }

    static void takeAll(Installation installation) throws SQLException {
        TAKEN.add(installation.postgres().connect());
        while (endOthers() > 0 || takeAnother(installation)) {
            Thread.onSpinWait();
        }
    }

    private static boolean takeAnother(Installation installation) throws SQLException {
        try {
            TAKEN.add(installation.postgres().connect());
            return true;
        } catch (SQLException refused) {
            if (TOO_MANY.equals(refused.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    /** Every client but this one; its own connections say their application's name. */
    private static int endOthers() throws SQLException {
        try (var statement = TAKEN.getFirst().createStatement();
                var ended = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                        + "WHERE backend_type = 'client backend' AND application_name <> current_setting('application_name')")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    static void letGo() throws SQLException {
        while (!TAKEN.isEmpty()) {
            TAKEN.pop().close();
        }
    }
}
