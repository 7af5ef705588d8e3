package dev.tollkeeper.boot;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyDigest;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.project.DefaultConfig;
import dev.tollkeeper.secret.Peppers;
import dev.tollkeeper.start.ServiceStart;
import dev.tollkeeper.team.Passwords;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * The first start on an empty database: makes the operator, who is also admin of the team {@code default} with its
 * project {@code default}. Replicas that start together do it once.
 */
@Singleton
class Bootstrap {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEFAULT_EMAIL = "admin@tollkeeper.local";
    private static final int GENERATED_PASSWORD_LENGTH = 20;

    private final Pool pool;
    private final Passwords passwords;
    private final Peppers peppers;
    private final Clock clock;
    private final BootstrapSettings settings;
    private final boolean embedded;
    private final SecureRandom random = new SecureRandom();

    Bootstrap(Pool pool, Passwords passwords, Peppers peppers, Clock clock, BootstrapSettings settings,
            @ConfigProperty(name = "tollkeeper.embedded", defaultValue = "false") boolean embedded) {
        this.pool = pool;
        this.passwords = passwords;
        this.peppers = peppers;
        this.clock = clock;
        this.settings = settings;
        this.embedded = embedded;
    }

    /** What the first start made, told once. */
    private record Made(String email, String generatedPassword, Optional<KeySecret> generatedKey) {
    }

    void onStart(@Observes ServiceStart event) {
        pool.withTransaction(connection -> bootstrap(Sql.on(connection))).await().atMost(PATIENCE).ifPresent(this::tell);
    }

    private Uni<Optional<Made>> bootstrap(Sql sql) {
        return sql.run("SELECT pg_advisory_xact_lock(hashtext('bootstrap'))", Tuple.tuple())
                .chain(() -> sql.run("SELECT EXISTS (SELECT 1 FROM app_user)", Tuple.tuple()))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? Uni.createFrom().item(Optional.<Made>empty())
                        : make(sql).map(Optional::of));
    }

    private Uni<Made> make(Sql sql) {
        String email = settings.adminEmail().orElse(DEFAULT_EMAIL).toLowerCase(Locale.ROOT);
        Optional<String> generated = settings.adminPassword().isPresent() ? Optional.empty() : Optional.of(generatedPassword());
        if (!embedded && (settings.adminEmail().isEmpty() || generated.isPresent())) {
            throw new IllegalStateException("The database is empty: set TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL and "
                    + "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD for its first operator.");
        }
        Optional<KeySecret> given = settings.managementKey().map(key -> KeySecret.parse(key).orElseThrow());
        Optional<KeySecret> made = given.isEmpty() && embedded
                ? Optional.of(KeySecret.generate(KeyKind.MANAGEMENT, random))
                : Optional.empty();
        return passwords.hash(settings.adminPassword().or(() -> generated).orElseThrow())
                .chain(hash -> insert(sql, email, hash, settings.currency(), given.or(() -> made)))
                .replaceWith(new Made(email, generated.orElse(null), made));
    }

    private Uni<Void> insert(Sql sql, String email, String passwordHash, String currency, Optional<KeySecret> key) {
        UUID user = Ids.next();
        UUID team = Ids.next();
        UUID project = Ids.next();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return sql.run("INSERT INTO app_user (id, email, name, password_hash, status, is_operator, created_at) "
                + "VALUES ($1, $2, 'Operator', $3, 'active', true, $4)", Tuple.of(user, email, passwordHash, now))
                .chain(() -> sql.run("INSERT INTO team (id, name, currency, status, billing_mode, created_at) "
                        + "VALUES ($1, 'default', $2, 'active', 'postpaid', $3)", Tuple.of(team, currency, now)))
                .chain(() -> sql.run("INSERT INTO membership (team_id, user_id, role, created_at) VALUES ($1, $2, 'admin', $3)",
                        Tuple.of(team, user, now)))
                .chain(() -> sql.run("INSERT INTO project (team_id, id, name, created_at) VALUES ($1, $2, 'default', $3)",
                        Tuple.of(team, project, now)))
                .chain(() -> DefaultConfig.insert(sql, team, project, now))
                .chain(() -> key.map(secret -> insertKey(sql, team, project, user, secret, now))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Void> insertKey(Sql sql, UUID team, UUID project, UUID user, KeySecret secret, OffsetDateTime now) {
        UUID id = Ids.next();
        String[] scopes = Arrays.stream(Scope.values()).map(Scope::word).toArray(String[]::new);
        byte[] digest = KeyDigest.of(secret, peppers.newest());
        return sql.run("""
                INSERT INTO api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, scopes,
                    allowed_ips, metadata, created_at)
                VALUES ($1, $2, $3, $4, 'bootstrap', true, $5, true, $6, '{}', '{}', $7)
                """, Tuple.from(Arrays.asList(team, id, project, user, secret.hint(), scopes, now)))
                .chain(() -> sql.run("INSERT INTO api_key_secret (digest, pepper_id, team_id, key_id, slot, created_at) "
                        + "VALUES ($1, $2, $3, $4, 'current', $5)",
                        Tuple.of(Buffer.buffer(digest), peppers.newest().id(), team, id, now)))
                .replaceWithVoid();
    }

    private String generatedPassword() {
        String alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        StringBuilder password = new StringBuilder();
        random.ints(GENERATED_PASSWORD_LENGTH, 0, alphabet.length()).forEach(at -> password.append(alphabet.charAt(at)));
        return password.toString();
    }

    /** To the terminal, not to the log: what was made up is shown this once. */
    private void tell(Made made) {
        FirstStart.print(made.email(), made.generatedPassword(), made.generatedKey().map(KeySecret::reveal).orElse(null));
    }
}
