package dev.tollkeeper.access.gateway;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** HAProxy with {@code docs/guides/haproxy}. */
class HaproxyIT extends GatewayContract {
    @Override
    void assumeInstalled() {
        Gateway.installed("haproxy");
    }

    @Override
    Gateway start(Gateway.Place place) throws IOException {
        return start(place, Map.of());
    }

    private Gateway start(Gateway.Place place, Map<String, String> broken) throws IOException {
        // The name of the socket is the whole machine's.
        String door = "tollkeeper-door-" + place.port();
        Path whole = place.copy("haproxy/tollkeeper.lua", Map.of("tollkeeper-door", door));
        Path script = broken.isEmpty() ? whole : place.copy("haproxy/tollkeeper.lua", broken);
        Path configuration = place.configure("haproxy/haproxy.cfg",
                Map.of("bind :8000 ", "bind 127.0.0.1:" + place.port() + " ", "tollkeeper-door", door,
                        "/etc/haproxy/tollkeeper.lua", script.toString()));
        return Gateway.start(place, Map.of(), Gateway.installed("haproxy"), "-db", "-f", configuration.toString());
    }

    /** HAProxy carries on after an error in Lua. */
    @Test
    void nothingPassesWhenTheScriptFails() throws IOException {
        // Given
        try (Gateway failing = start(place(), Map.of("core.httpclient()", "core.no_such_thing()"))) {
            // When
            var response = client().header("X-API-Key", "nonsense").get(failing.url("/")).then();
            // Then
            response.statusCode(503).body("code", equalTo("unavailable"));
        }
    }
}
