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
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.InvalidCurrencyException;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.secret.Peppers;
import dev.tollkeeper.team.Passwords;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
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
    private static final int CANNOT_START = 1;

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

    void onStart(@Observes StartupEvent event) {
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
        String email = required(settings.adminEmail(), "TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL", DEFAULT_EMAIL)
                .toLowerCase(Locale.ROOT);
        boolean generate = settings.adminPassword().isEmpty();
        String password = required(settings.adminPassword(), "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD", generatedPassword());
        if (password.length() < Passwords.MIN_LENGTH || password.length() > Passwords.MAX_LENGTH || isSample(password)) {
            throw refused(
                    "TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD is too short, too long or a sample. Set it to one of your own of "
                            + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH + " characters.");
        }
        if (!email.matches("[^@\\s]+@[^@\\s]+") || email.length() > 254) {
            throw refused("TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL must be an email address.");
        }
        Optional<KeySecret> key = managementKey();
        String currency = currency();
        return passwords.hash(password)
                .chain(hash -> insert(sql, email, hash, currency, key))
                .replaceWith(new Made(email, generate ? password : null,
                        settings.managementKey().isPresent() ? Optional.empty() : key));
    }

    private Uni<Void> insert(Sql sql, String email, String passwordHash, String currency, Optional<KeySecret> key) {
        UUID user = Ids.next();
        UUID team = Ids.next();
        UUID project = Ids.next();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        var config = InferenceConfig.DEFAULT;
        return sql.run("INSERT INTO app_user (id, email, name, password_hash, status, is_operator, created_at) "
                + "VALUES ($1, $2, 'Operator', $3, 'active', true, $4)", Tuple.of(user, email, passwordHash, now))
                .chain(() -> sql.run("INSERT INTO team (id, name, currency, status, billing_mode, created_at) "
                        + "VALUES ($1, 'default', $2, 'active', 'postpaid', $3)", Tuple.of(team, currency, now)))
                .chain(() -> sql.run("INSERT INTO membership (team_id, user_id, role, created_at) VALUES ($1, $2, 'admin', $3)",
                        Tuple.of(team, user, now)))
                .chain(() -> sql.run("INSERT INTO project (team_id, id, name, created_at) VALUES ($1, $2, 'default', $3)",
                        Tuple.of(team, project, now)))
                .chain(() -> sql.run("""
                        INSERT INTO project_config (team_id, project_id, id, active, allow_overwrite, allowed_providers,
                            blacklisted_models, eu_native, include_metadata, preference, schema_version, version, created_at,
                            updated_at)
                        VALUES ($1, $2, $3, true, false, '{}', '{}', $4, $5, $6, 'v1', 1, $7, $7)
                        """, Tuple.from(Arrays.asList(team, project, Ids.next(), config.euNative(), config.includeMetadata(),
                        config.preference(), now))))
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

    private Optional<KeySecret> managementKey() {
        if (settings.managementKey().isPresent()) {
            return Optional.of(settings.managementKey().flatMap(KeySecret::parse)
                    .filter(key -> key.kind() == KeyKind.MANAGEMENT)
                    .orElseThrow(() -> refused("TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY is not a management key: it must be tkm_ "
                            + "followed by 43 characters and a checksum. Leave it out to have one made later.")));
        }
        return embedded ? Optional.of(KeySecret.generate(KeyKind.MANAGEMENT, random)) : Optional.empty();
    }

    private String currency() {
        String currency = settings.currency();
        try {
            return CurrencyInfo.of(currency).code();
        } catch (InvalidCurrencyException unknown) {
            throw refused("TOLLKEEPER_BOOTSTRAP_CURRENCY must be an ISO 4217 code such as EUR.");
        }
    }

    private String required(Optional<String> given, String name, String madeUp) {
        if (given.isEmpty() && !embedded) {
            throw refused("The database is empty: set " + name + " for its first operator.");
        }
        return given.orElse(madeUp);
    }

    private static boolean isSample(String password) {
        return password.toLowerCase(Locale.ROOT).matches(".*(change.?me|example|sample).*|password.?|.*12345678.*");
    }

    private String generatedPassword() {
        String alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        StringBuilder password = new StringBuilder();
        random.ints(GENERATED_PASSWORD_LENGTH, 0, alphabet.length()).forEach(at -> password.append(alphabet.charAt(at)));
        return password.toString();
    }

    private static PreventFurtherStepsException refused(String sentence) {
        return new PreventFurtherStepsException("Tollkeeper cannot start: " + sentence, CANNOT_START);
    }

    /** To the terminal, not to the log: what was made up is shown this once. */
    private void tell(Made made) {
        FirstStart.print(made.email(), made.generatedPassword(), made.generatedKey().map(KeySecret::reveal).orElse(null));
    }
}
