package dev.tollkeeper.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Looks straight into a database that a test has started for packaged services, past them and as the superuser. */
public final class Postgres {
    private Postgres() {
    }

    /** Runs statements, each on its own. */
    public static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = connect(postgres); Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** The single value of a query, as PostgreSQL writes it. */
    public static String value(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The single whole number of a query. */
    public static long number(EmbeddedPostgres postgres, String query) throws SQLException {
        return Long.parseLong(value(postgres, query));
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }
}
