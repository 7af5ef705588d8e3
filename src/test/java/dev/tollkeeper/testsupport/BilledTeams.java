package dev.tollkeeper.testsupport;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;

/** Teams with a key each that may report usage, and the price of a meter, put into a database past the service. */
public final class BilledTeams {
    /** The meter that has a price: 0.001 EUR a unit. */
    public static final String METER = "calls";

    private static final Pepper PEPPER = Peppers.parse(List.of(TestSettings.PEPPER)).get(0);

    private final List<Team> teams = new ArrayList<>();

    /** A team, and its key's secret. */
    public record Team(UUID id, UUID projectId, UUID userId, UUID keyId, String secret) {
    }

    /** The teams. */
    public List<Team> teams() {
        return teams;
    }

    /** Puts so many into a database. */
    public static BilledTeams fill(Connection connection, int number) throws SQLException {
        var filled = new BilledTeams();
        var random = new Random(17);
        connection.setAutoCommit(false);
        for (int i = 0; i < number; i++) {
            KeySecret secret = KeySecret.generate(KeyKind.MANAGEMENT, random);
            var team = new Team(Ids.next(), Ids.next(), Ids.next(), Ids.next(), secret.reveal());
            SecretRecorder.note(team.secret());
            filled.teams.add(team);
        }
        filled.each(connection, "INSERT INTO team (id, name, currency, status, billing_mode, created_at) "
                + "VALUES (?, 'team ' || ?::uuid, 'EUR', 'active', 'postpaid', now())", team -> List.of(team.id, team.id));
        filled.each(connection, "INSERT INTO app_user (id, email, name, password_hash, status, is_operator, created_at) "
                + "VALUES (?, ?::uuid || '@load.test', 'maker', 'none', 'active', false, now())",
                team -> List.of(team.userId, team.userId));
        filled.each(connection, "INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, 'admin', now())",
                team -> List.of(team.id, team.userId));
        filled.each(connection, "INSERT INTO project (team_id, id, name, created_at) VALUES (?, ?, 'project', now())",
                team -> List.of(team.id, team.projectId));
        filled.each(connection,
                "INSERT INTO api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, "
                        + "scopes, allowed_ips, metadata, created_at) VALUES (?, ?, ?, ?, 'key', true, '0000', true, '{usage:write}', '{}', "
                        + "'{}', now())",
                team -> List.of(team.id, team.keyId, team.projectId, team.userId));
        filled.each(connection, "INSERT INTO api_key_secret (digest, pepper_id, team_id, key_id, slot, created_at) "
                + "VALUES (?, ?, ?, ?, 'current', now())",
                team -> List.of(KeyDigest.of(KeySecret.parse(team.secret).orElseThrow(), PEPPER),
                        PEPPER.id(), team.id, team.keyId));
        filled.each(connection, "INSERT INTO ledger_account (team_id, account, currency, balance) "
                + "SELECT ?, a, 'EUR', 0 FROM unnest(ARRAY['balance', 'funding', 'revenue', 'expired']) a",
                team -> List.of(team.id));
        try (var price = connection.createStatement()) {
            price.execute("INSERT INTO price (id, meter, type, unit_price, currency, effective_from, created_at) VALUES ("
                    + "gen_random_uuid(), '" + METER + "', 'per_unit', 0.001, 'EUR', '2020-01-01', now())");
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
        return filled;
    }

    @FunctionalInterface
    private interface Values {
        List<Object> of(Team team);
    }

    private void each(Connection connection, String insert, Values values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Team team : teams) {
                int place = 1;
                for (Object value : values.of(team)) {
                    statement.setObject(place++, value);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
