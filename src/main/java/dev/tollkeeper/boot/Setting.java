package dev.tollkeeper.boot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings that are needed before Quarkus reads its configuration: from a system property or, as MicroProfile
 * Config names it, from the environment.
 */
enum Setting {
    DATABASE_URL("tollkeeper.database.url"),
    DATABASE_USERNAME("tollkeeper.database.username"),
    DATABASE_PASSWORD(
            "tollkeeper.database.password"),
    DATA_DIR(
            "tollkeeper.data-dir"),
    KEY_PEPPERS("tollkeeper.key-peppers"),
    KEY_PEPPER_FILE("tollkeeper.key-pepper-file"),
    ADMIN("tollkeeper.admin"),
    READ_ONLY("tollkeeper.read-only"),
    REQUEST_TIMEOUT("tollkeeper.database.request-timeout"),
    REDIS_URL("tollkeeper.redis.url"),
    RATE_LIMIT_REPLICAS("tollkeeper.rate-limit.replicas"),
    RATE_LIMIT_WITHOUT_REDIS("tollkeeper.rate-limit.without-redis"),
    EMBEDDED(
            "tollkeeper.embedded"),
    BOOTSTRAP_ADMIN_EMAIL(
            "tollkeeper.bootstrap.admin-email"),
    BOOTSTRAP_ADMIN_PASSWORD(
            "tollkeeper.bootstrap.admin-password"),
    BOOTSTRAP_CURRENCY(
            "tollkeeper.bootstrap.currency"),
    BOOTSTRAP_MANAGEMENT_KEY(
            "tollkeeper.bootstrap.management-key");

    private final String property;

    Setting(String property) {
        this.property = property;
    }

    static Path dataDirectory() {
        return Path.of(DATA_DIR.read().orElse("data")).toAbsolutePath().normalize();
    }

    Optional<String> read() {
        String value = System.getProperty(property);
        if (value == null) {
            value = System.getenv(environmentName());
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    boolean isGiven() {
        return read().isPresent();
    }

    void set(String value) {
        System.setProperty(property, value);
    }

    String environmentName() {
        return "TOLLKEEPER_" + name();
    }
}
