package dev.tollkeeper.load.scenario;

import java.time.Duration;

/**
 * What the profile {@code gatling} of the pom.xml passes on, where every setting has its default; {@code docs/performance.md}
 * says what each is for.
 */
final class Settings {
    private Settings() {
    }

    static String text(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("-D" + name + " is missing: run this by mvn -Pgatling");
        }
        return value;
    }

    static int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("-D" + name + "=" + text(name) + " is not a whole number", malformed);
        }
    }

    static Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }
}
