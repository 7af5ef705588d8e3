package dev.tollkeeper.access.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.access.gateway.Installation.Key;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.EnvoyVerdict;

/** Envoy's question to the service as it is shipped, by way of a wire as Envoy's would be. */
class PackagedExtAuthzIT {
    private static final String CLIENT = "203.0.113.7";

    @Test
    void theShippedServiceAnswersEnvoy(@TempDir Path directory) throws Exception {
        try (Installation tollkeeper = Installation.start(directory)) {
            // Given
            Key key = tollkeeper.key(Map.of("scopes", List.of("chat"), "allowed_ips", List.of(CLIENT)));
            int port = tollkeeper.wire().port();
            // When
            EnvoyVerdict good = Envoy.as(key.secret()).from(CLIENT).ask(port);
            EnvoyVerdict elsewhere = Envoy.as(key.secret()).from("198.51.100.1").ask(port);
            tollkeeper.revoke(key);
            EnvoyVerdict revoked = Envoy.as(key.secret()).from(CLIENT).ask(port);
            // Then
            assertThat(good.upstreamHeaders(Map.of("authorization", "Bearer " + key.secret()))).isEqualTo(key.identity());
            elsewhere.refused(401, "ip_not_allowed");
            revoked.refused(401, "key_revoked");
            assertThat(tollkeeper.wire().connections()).isEqualTo(1);
        }
    }
}
