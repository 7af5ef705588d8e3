package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

import dev.tollkeeper.access.Heard;

/** Looks straight into the tests' database, past the service. */
public final class Database {
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
        try (Connection connection = connect(); PreparedStatement statement = prepare(connection, sql, arguments)) {
            int changed = statement.executeUpdate();
            if (!sql.startsWith("INSERT")) {
                Heard.everything();
            }
            return changed;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The rows of a query, column by column. */
    public static List<Map<String, Object>> query(String sql, Object... arguments) {
        try (Connection connection = connect()) {
            return query(connection, sql, arguments);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
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
