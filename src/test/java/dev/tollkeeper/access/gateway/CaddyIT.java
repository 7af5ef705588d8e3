package dev.tollkeeper.access.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Caddy with {@code docs/guides/caddy/Caddyfile}. */
class CaddyIT extends GatewayContract {
    @Override
    void assumeInstalled() {
        Gateway.installed("caddy");
    }

    @Override
    Gateway start(Gateway.Place place) throws IOException {
        Path configuration = place.configure("caddy/Caddyfile",
                Map.of("\n:8000 {", "\nhttp://:" + place.port() + " {\n\tbind 127.0.0.1"));
        String home = place.directory().toString();
        Map<String, String> environment = Map.of("HOME", home, "XDG_CONFIG_HOME", home, "XDG_DATA_HOME", home, "CADDY_ADMIN",
                "unix/" + place.directory().resolve("admin.sock"));
        return Gateway.start(place, environment, Gateway.installed("caddy"), "run", "--adapter", "caddyfile", "--config",
                configuration.toString());
    }
}
