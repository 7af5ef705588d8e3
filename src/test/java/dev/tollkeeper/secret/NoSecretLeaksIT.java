package dev.tollkeeper.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.TestSettings;

/**
 * Invariant 13: what the whole suite left behind (logs, the database, metrics, traces) holds no secret that was used in
 * it, nor any ten characters of one. Seen to fail with the secret put into a log line, into an audit entry's changes, into
 * a span (TraceRedaction taken out), and stored in the idempotency record unsealed.
 */
@Tag("last")
class NoSecretLeaksIT {
    private static final Path EVIDENCE = Path.of(System.getProperty("tollkeeper.evidence", "target/evidence"));
    /** Long enough that no other text has them by chance, short enough that a part of a secret is found. */
    private static final int PART = 10;
    private static final int BEGINNING = 8;

    private final Map<String, String> parts = new HashMap<>();
    /** Hashes of the parts' first characters, so that most places of a text need no look into {@link #parts}. */
    private final BitSet beginnings = new BitSet();

    NoSecretLeaksIT() throws IOException {
        for (String secret : secrets()) {
            String hidden = secret.substring(secret.indexOf('_') + 1);
            addParts(secret, hidden, PART);
            // As PostgreSQL writes bytes; twice as long, or numbers would be found in it.
            addParts(secret, HexFormat.of().formatHex(hidden.getBytes(StandardCharsets.UTF_8)), 2 * PART);
            addParts(secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)), PART);
        }
    }

    /** Keys wholly; of a user token only its signature, without which the rest is worth nothing. */
    private static List<String> secrets() throws IOException {
        return Stream.concat(Files.readAllLines(EVIDENCE.resolve("secrets.txt")).stream(),
                Stream.of(TestSettings.BOOTSTRAP_KEY, TestSettings.PEPPER))
                .map(secret -> secret.startsWith("eyJ") ? secret.substring(secret.lastIndexOf('.') + 1) : secret).toList();
    }

    private void addParts(String secret, String text, int length) {
        for (int at = 0; at + length <= text.length(); at++) {
            parts.put(text.substring(at, at + length), secret);
            beginnings.set(beginning(text, at));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service.log*", "packaged.log", "database-*.txt", "metrics-*.txt", "traces.txt"})
    void noSecretIsInWhatTheSuiteLeftBehind(String files) throws IOException {
        Set<String> found = new TreeSet<>();
        try (var matching = Files.newDirectoryStream(EVIDENCE, files)) {
            for (Path file : matching) {
                search(file, found);
            }
        }
        assertThat(found).isEmpty();
    }

    /** The search itself: without this it would pass on nothing at all. */
    @Test
    void thereWasSomethingToFindAndTheSearchFindsIt() throws IOException {
        // Given
        assertThat(secrets()).hasSizeGreaterThan(200);
        Path planted = Files.createTempFile("planted", ".txt");
        Set<String> found = new TreeSet<>();
        // When
        Files.writeString(planted, "a line with " + TestSettings.BOOTSTRAP_KEY.substring(10, 25) + " in it");
        search(planted, found);
        // Then
        assertThat(found).hasSize(1);
        for (String text : List.of("api_key_secret", "idempotency_record", "audit_entry", "key.created")) {
            assertThat(holds("database-*.txt", text)).as(text).isTrue();
        }
        assertThat(holds("service.log*", "tollkeeper")).isTrue();
        assertThat(holds("packaged.log", "started in")).isTrue();
        assertThat(holds("metrics-*.txt", "http_server_requests_seconds_count")).isTrue();
        for (String path : List.of("/api/auth/whoami", "/api/auth/forward", "/api/keys/verify",
                "/envoy.service.auth.v3.Authorization/Check")) {
            assertThat(holds("traces.txt", path)).as(path).isTrue();
        }
    }

    private void search(Path file, Set<String> found) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int at = 0; at + PART <= text.length(); at++) {
            if (!beginnings.get(beginning(text, at))) {
                continue;
            }
            String part = text.substring(at, Math.min(at + 2 * PART, text.length()));
            String secret = parts.getOrDefault(part, parts.get(part.substring(0, PART)));
            if (secret != null) {
                found.add(file.getFileName() + ": " + secret.substring(0, 8) + "… at " + at);
                at += PART;
            }
        }
    }

    private static int beginning(String text, int at) {
        int hash = 0;
        for (int i = 0; i < BEGINNING; i++) {
            hash = 31 * hash + text.charAt(at + i);
        }
        return hash & Integer.MAX_VALUE >>> 4;
    }

    private static boolean holds(String files, String text) throws IOException {
        boolean found = false;
        try (var matching = Files.newDirectoryStream(EVIDENCE, files)) {
            for (Path file : matching) {
                found |= Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
            }
        }
        return found;
    }
}
