package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A real PostgreSQL for the tests, on a free port. Without fsync: the tests lose nothing when the machine does. */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private static EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        Evidence.begin();
        Map<String, String> settings = new HashMap<>();
        settings.put("tollkeeper.database.url", "postgresql://127.0.0.1:" + server().getPort() + "/postgres");
        settings.put("tollkeeper.database.username", "postgres");
        settings.put("tollkeeper.database.password", "postgres");
        settings.put("tollkeeper.key-peppers", TestSettings.PEPPER);
        settings.put("tollkeeper.bootstrap.admin-email", TestSettings.OPERATOR_EMAIL);
        settings.put("tollkeeper.bootstrap.admin-password", TestSettings.PASSWORD);
        settings.put("tollkeeper.bootstrap.management-key", TestSettings.BOOTSTRAP_KEY);
        settings.put("tollkeeper.trusted-proxies", "127.0.0.1");
        settings.put("tollkeeper.jobs.month-closing", "off");
        settings.put("tollkeeper.jobs.reconciliation", "off");
        settings.put("tollkeeper.jobs.usage-retention", "off");
        settings.put("tollkeeper.usage.retention", "400d");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.log.file.enabled", "true");
        settings.put("quarkus.log.file.path", Evidence.DIRECTORY.resolve("service.log").toString());
        settings.put("quarkus.log.file.rotation.max-backup-index", "20");
        settings.put("quarkus.log.category.\"dev.tollkeeper\".level", "DEBUG");
        settings.put("quarkus.otel.sdk.disabled", "false");
        return settings;
    }

    /** The server that every test of this JVM shares. */
    static synchronized EmbeddedPostgres server() {
        if (postgres == null) {
            try {
                postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return postgres;
    }

    /** Keeps what is in the database. The server itself is shared by later test profiles and ends with the JVM. */
    @Override
    public void stop() {
        Evidence.write("database-" + server().getPort() + ".txt", Database.dump());
    }
}
