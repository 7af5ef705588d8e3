package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import dev.tollkeeper.access.Heard;

/** Looks straight into the tests' database, past the service. */
public final class Database {
    private static final int VALID_WITHIN_SECONDS = 5;
    private static final Deque<Connection> IDLE = new ConcurrentLinkedDeque<>();

    /** What is done on a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private Database() {
    }

    /** A connection of the test's own, as the superuser. */
    public static Connection connect() throws SQLException {
        return PostgresResource.server().getPostgresDatabase().getConnection();
    }

    /**
     * Runs a statement and answers how many rows it changed. Waits until the service has heard of it, except of what is new: of
     * that nothing was remembered.
     */
    public static int update(String sql, Object... arguments) {
        int changed = with(connection -> {
            try (PreparedStatement statement = prepare(connection, sql, arguments)) {
                return statement.executeUpdate();
            }
        });
        if (!sql.startsWith("INSERT")) {
            Heard.everything();
        }
        return changed;
    }

    /** The rows of a query, column by column. */
    public static List<Map<String, Object>> query(String sql, Object... arguments) {
        return with(connection -> query(connection, sql, arguments));
    }

    /** Lends a connection that was opened before, where one is left and still works: opening one takes longer than most statements. */
    private static <T> T with(Work<T> work) {
        try {
            Connection connection = idle();
            try {
                return work.on(connection);
            } finally {
                IDLE.push(connection);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Connection idle() throws SQLException {
        for (Connection left = IDLE.poll(); left != null; left = IDLE.poll()) {
            if (left.isValid(VALID_WITHIN_SECONDS)) {
                return left;
            }
            left.close();
        }
        return connect();
    }

    /** The rows of a query in another database. */
    public static List<Map<String, Object>> query(Connection connection, String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(connection, sql, arguments); ResultSet result = statement.executeQuery()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.put(result.getMetaData().getColumnLabel(column), result.getObject(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The single value of a query. */
    public static Object value(String sql, Object... arguments) {
        return query(sql, arguments).get(0).values().iterator().next();
    }

    /** Everything in the database, table by table, as PostgreSQL's COPY writes it. */
    public static String dump() {
        try (Connection connection = connect(); StringWriter dump = new StringWriter()) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            for (Map<String, Object> table : query("SELECT quote_ident(relname) AS name FROM pg_class "
                    + "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
                dump.write("-- " + table.get("name") + '\n');
                copies.copyOut("COPY " + table.get("name") + " TO STDOUT", dump);
            }
            return dump.toString();
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < arguments.length; index++) {
            statement.setObject(index + 1, arguments[index]);
        }
        return statement;
    }
}
