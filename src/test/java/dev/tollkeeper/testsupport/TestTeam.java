package dev.tollkeeper.testsupport;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import dev.tollkeeper.access.Heard;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;

/**
 * A team of a test's own with one project, an admin and a member, put into the database past the service: so tests do
 * not meet each other, and a test of keys does not depend on the calls that make teams.
 *
 * @param managementKey a management key of the project with every scope, made by the admin
 */
public record TestTeam(UUID id, UUID projectId, UUID adminId, String adminEmail, UUID memberId, String memberEmail,
        String managementKey) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pepper PEPPER = Peppers.parse(List.of(TestSettings.PEPPER)).get(0);
    /** Of every test user's password. */
    static final String PASSWORD_HASH = Password.hash(TestSettings.PASSWORD).addRandomSalt()
            .with(Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID)).getResult();

    /** A new team that bills in euro and pays later. */
    public static TestTeam create() {
        return create("EUR");
    }

    /** A new team that bills in this currency. */
    public static TestTeam create(String currency) {
        UUID team = Ids.next();
        Database.update("INSERT INTO team (id, name, currency, status, billing_mode, created_at) VALUES (?, ?, ?, 'active', "
                + "'postpaid', now())", team, "team " + team, currency);
        UUID admin = user(team, "admin");
        UUID member = user(team, "member");
        UUID project = project(team);
        KeySecret secret = KeySecret.generate(KeyKind.MANAGEMENT, RANDOM);
        insert(team, project, admin, "management", secret);
        // Members are told of: heard later, that would have the service forget a key on which the test counts.
        Heard.everything();
        return new TestTeam(team, project, admin, email(admin), member, email(member), secret.reveal());
    }

    /** Another user of a team. */
    public static UUID user(UUID team, String role) {
        UUID user = Ids.next();
        Database.update(
                "INSERT INTO app_user (id, email, name, password_hash, status, is_operator, created_at) VALUES (?, ?, ?, ?, "
                        + "'active', false, now())",
                user, email(user), role, PASSWORD_HASH);
        Database.update("INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, ?, now())", team, user,
                role);
        return user;
    }

    /** Another project of a team, with a default configuration. */
    public static UUID project(UUID team) {
        UUID project = Ids.next();
        Database.update("INSERT INTO project (team_id, id, name, created_at) VALUES (?, ?, ?, now())", team, project,
                "project " + project);
        Database.update("INSERT INTO project_config (team_id, project_id, id, active, allow_overwrite, allowed_providers, "
                + "blacklisted_models, eu_native, include_metadata, preference, schema_version, version, created_at, updated_at) "
                + "VALUES (?, ?, ?, true, false, '{}', '{}', false, false, 'balanced', 'v1', 1, now(), now())", team, project,
                Ids.next());
        return project;
    }

    /** Another key of this team's project; a management key has every scope. */
    public TestKey key(KeyKind kind, String name) {
        return key(KeySecret.generate(kind, RANDOM), name);
    }

    /** Another key of this team's project, with a secret of the test's own. */
    public TestKey key(KeySecret secret, String name) {
        return new TestKey(insert(id, projectId, adminId, name, secret), secret.reveal());
    }

    /** An ordinary key of this team's project. */
    public TestKey ordinaryKey() {
        return key(KeyKind.ORDINARY, "ordinary " + Ids.next());
    }

    /** The address of a test user. */
    public static String email(UUID user) {
        return user + "@tollkeeper.test";
    }

    private static UUID insert(UUID team, UUID project, UUID maker, String name, KeySecret secret) {
        SecretRecorder.note(secret.reveal());
        UUID key = Ids.next();
        boolean management = secret.kind() == KeyKind.MANAGEMENT;
        String scopes = management ? String.join(",", java.util.Arrays.stream(Scope.values()).map(Scope::word).toList()) : "";
        Database.update(
                "INSERT INTO api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, scopes, "
                        + "allowed_ips, metadata, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, true, string_to_array(?, ','), '{}', '{}', ?)",
                team, key, project, maker, name, management, secret.hint(), scopes, Timestamp.from(Instant.now()));
        Database.update("INSERT INTO api_key_secret (digest, pepper_id, team_id, key_id, slot, created_at) VALUES (?, ?, ?, ?, "
                + "'current', now())", KeyDigest.of(secret, PEPPER), PEPPER.id(), team, key);
        return key;
    }

    /**
     * A key and its secret.
     *
     * @param secret the text that a client sends
     */
    public record TestKey(UUID id, String secret) {
    }
}
