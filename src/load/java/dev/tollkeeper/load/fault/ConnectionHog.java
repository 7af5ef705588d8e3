package dev.tollkeeper.load.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client that takes every connection that PostgreSQL has, those of others too. */
final class ConnectionHog {
    private static final String TOO_MANY = "53300";

    private final Deque<Connection> taken = new ArrayDeque<>();

    void takeAll(Installation installation) throws SQLException {
        taken.add(installation.postgres().connect());
        while (endOthers() > 0 || takeAnother(installation)) {
            Thread.onSpinWait();
        }
    }

    private boolean takeAnother(Installation installation) throws SQLException {
        try {
            taken.add(installation.postgres().connect());
            return true;
        } catch (SQLException refused) {
            if (TOO_MANY.equals(refused.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    /** Every client but this one; its own connections say their application's name. */
    private int endOthers() throws SQLException {
        try (var statement = taken.getFirst().createStatement();
                var ended = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                        + "WHERE backend_type = 'client backend' AND application_name <> current_setting('application_name')")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    void letGo() throws SQLException {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }
}
