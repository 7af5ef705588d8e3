package dev.tollkeeper.boot;

import org.eclipse.microprofile.config.ConfigProvider;

/** Tells the person at the terminal, once, what the first start made up for them. */
final class FirstStart {
    private FirstStart() {
    }

    static void print(String email, String password, String managementKey) {
        String port = ConfigProvider.getConfig().getOptionalValue("quarkus.http.port", String.class).orElse("8080");
        StringBuilder text = new StringBuilder("\n  Tollkeeper's first start. Keep what follows: it is shown this once.\n\n");
        line(text, "API", "http://localhost:" + port + "/api");
        line(text, "Admin", email);
        line(text, "Password", password == null ? "(the one you set)" : password);
        line(text, "Management key", managementKey == null ? "(none was made up)" : managementKey);
        System.out.println(text);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-16s%s%n", name, value));
    }
}
