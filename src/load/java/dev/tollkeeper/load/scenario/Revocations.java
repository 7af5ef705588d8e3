package dev.tollkeeper.load.scenario;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

import dev.tollkeeper.load.stage.Population;
import dev.tollkeeper.load.stage.Stage;

/** Revokes the least used hundredth of the keys in use, before any Tollkeeper runs that could remember them. */
final class Revocations {
    private static final String REVOKE = "UPDATE api_key SET revoked_at = now() FROM api_key_secret "
            + "WHERE key_id = id AND digest = ? AND revoked_at IS NULL";
    private static final int ONE_OF = 100;

    private Revocations() {
    }

    /** The keys as they are then. */
    static Keys of(Stage stage) throws SQLException {
        Population population = stage.population();
        int valid = population.used().size() - Math.max(1, population.used().size() / ONE_OF);
        revoke(stage.jdbcUrl(), population.digests().subList(valid, population.digests().size()));
        return new Keys(population.management(), population.used().subList(0, valid),
                population.used().subList(valid, population.used().size()));
    }

    private static void revoke(String jdbcUrl, List<String> digests) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(REVOKE)) {
            for (String digest : digests) {
                statement.setBytes(1, HexFormat.of().parseHex(digest));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
