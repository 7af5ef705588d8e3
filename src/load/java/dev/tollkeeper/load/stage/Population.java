package dev.tollkeeper.load.stage;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.postgresql.PGConnection;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Pepper;

/**
 * Keys to ask about, put into the database in bulk: some that clients use, all of one team, and many more of other
 * teams that only lie there.
 *
 * @param management a management key of the first team
 * @param used the secrets of the keys in use
 * @param digests the digests of the keys in use, as hexadecimal digits
 */
public record Population(String management, List<String> used, List<String> digests) {
    private static final int KEYS_OF_A_PROJECT = 100;
    private static final int PROJECTS_OF_A_TEAM = 1000;

    /** The first few of the keys in use. */
    public Population first(int keys) {
        return new Population(management, used.subList(0, keys), digests.subList(0, keys));
    }

    /** Keeps it, to use the same database again. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(management));
        for (int i = 0; i < used.size(); i++) {
            lines.add(used.get(i) + ' ' + digests.get(i));
        }
        Files.write(file, lines);
    }

    /** What was kept. */
    static Population read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> keys = lines.subList(1, lines.size());
        return new Population(lines.get(0), keys.stream().map(line -> line.split(" ")[0]).toList(),
                keys.stream().map(line -> line.split(" ")[1]).toList());
    }

    /** Fills a migrated database. */
    static Population fill(String jdbcUrl, Pepper pepper, int keys, int inUse) throws SQLException, IOException {
        var random = new Random(42);
        List<String> used = new ArrayList<>(inUse);
        List<String> digests = new ArrayList<>(inUse);
        String management;
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "postgres")) {
            UUID user = null;
            UUID team = null;
            UUID project = null;
            Copies copies = new Copies(connection.unwrap(PGConnection.class));
            management = null;
            for (int i = 0; i < keys; i++) {
                if (i % (KEYS_OF_A_PROJECT * PROJECTS_OF_A_TEAM) == 0) {
                    copies.flush();
                    team = Ids.next();
                    user = Ids.next();
                    copies.team(team, user);
                }
                if (i % KEYS_OF_A_PROJECT == 0) {
                    project = Ids.next();
                    copies.project(team, project);
                }
                if (i == 0) {
                    KeySecret secret = KeySecret.generate(KeyKind.MANAGEMENT, random);
                    management = secret.reveal();
                    copies.key(team, project, user, Ids.next(), secret.hint(), KeyDigest.of(secret, pepper), pepper.id(), true);
                }
                if (i < inUse) {
                    KeySecret secret = KeySecret.generate(KeyKind.ORDINARY, random);
                    byte[] digest = KeyDigest.of(secret, pepper);
                    used.add(secret.reveal());
                    digests.add(HexFormat.of().formatHex(digest));
                    copies.key(team, project, user, Ids.next(), secret.hint(), digest, pepper.id(), false);
                } else {
                    byte[] digest = new byte[32];
                    random.nextBytes(digest);
                    copies.key(team, project, user, Ids.next(), "0000", digest, pepper.id(), false);
                }
            }
            copies.flush();
            try (var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
                statement.execute("CHECKPOINT");
            }
        }
        return new Population(management, used, digests);
    }

    /** Rows gathered for PostgreSQL's COPY, written in the order in which the tables depend on each other. */
    private static final class Copies {
        private static final int MOST = 50_000;
        private final PGConnection connection;
        private final StringBuilder teams = new StringBuilder();
        private final StringBuilder users = new StringBuilder();
        private final StringBuilder members = new StringBuilder();
        private final StringBuilder projects = new StringBuilder();
        private final StringBuilder configs = new StringBuilder();
        private final StringBuilder keys = new StringBuilder();
        private final StringBuilder secrets = new StringBuilder();
        private int pending;

        private Copies(PGConnection connection) {
            this.connection = connection;
        }

        void team(UUID team, UUID user) {
            row(teams, team, "team " + team, "EUR", "active", "postpaid", "now");
            row(users, user, user + "@load.test", "maker", "none", "active", false, "now");
            row(members, team, user, "admin", "now");
        }

        void project(UUID team, UUID project) {
            row(projects, team, project, "project " + project, "now");
            row(configs, team, project, Ids.next(), true, false, "{}", "{}", false, false, "balanced", "v1", 1, "now", "now");
        }

        void key(UUID team, UUID project, UUID user, UUID key, String hint, byte[] digest, String pepper, boolean management)
                throws SQLException, IOException {
            row(keys, team, key, project, user, "key " + key, management, hint, true,
                    management ? "{keys:verify}" : "{}", "{}", "{}", "now");
            row(secrets, "\\\\x" + HexFormat.of().formatHex(digest), pepper, team, key, "current", "now");
            if (++pending >= MOST) {
                flush();
            }
        }

        private static void row(StringBuilder rows, Object... values) {
            for (int i = 0; i < values.length; i++) {
                rows.append(values[i]).append(i == values.length - 1 ? '\n' : '\t');
            }
        }

        void flush() throws SQLException, IOException {
            copy("team (id, name, currency, status, billing_mode, created_at)", teams);
            copy("app_user (id, email, name, password_hash, status, is_operator, created_at)", users);
            copy("membership (team_id, user_id, role, created_at)", members);
            copy("project (team_id, id, name, created_at)", projects);
            copy("project_config (team_id, project_id, id, active, allow_overwrite, allowed_providers, blacklisted_models, eu_native, "
                    + "include_metadata, preference, schema_version, version, created_at, updated_at)", configs);
            copy("api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, scopes, allowed_ips, metadata, "
                    + "created_at)", keys);
            copy("api_key_secret (digest, pepper_id, team_id, key_id, slot, created_at)", secrets);
            pending = 0;
        }

        private void copy(String table, StringBuilder rows) throws SQLException, IOException {
            connection.getCopyAPI().copyIn("COPY " + table + " FROM STDIN", new StringReader(rows.toString()));
            rows.setLength(0);
        }
    }
}
