package dev.tollkeeper.boot;

import static dev.tollkeeper.testsupport.Replicas.management;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TcpRelay;
import io.restassured.response.Response;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Two instances on one database: which of them has heard of a key's last change. */
class PropagationIT {
    private static final String KEYS = "/api/manage/api-keys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    /** Between the second instance and the database. */
    private static TcpRelay wire;
    private static PackagedService first;
    private static PackagedService second;

    private String key;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        wire = new TcpRelay(postgres.getPort());
        first = launch("first", postgres.getPort());
        second = launch("second", wire.port());
        first.awaitReady();
        second.awaitReady();
    }

    private static PackagedService launch(String name, int databasePort) throws Exception {
        return PackagedService.launch(directory, Replicas.environment(databasePort, Map.of("TOLLKEEPER_REPLICA_NAME", name)));
    }

    @AfterAll
    static void stop() throws Exception {
        second.close();
        first.close();
        postgres.close();
    }

    @BeforeEach
    void makeAKeyThatBothKnow() {
        key = management().body(Map.of("name", "key " + Ids.next())).post(first.url(KEYS)).then().statusCode(201).extract()
                .path("id");
        awaitSeen(Map.of("first", true, "second", true));
    }

    @Test
    void aRevocationIsSoonSeenByBoth() {
        // When
        management().post(first.url(KEYS + '/' + key + "/revoke")).then().statusCode(200);
        // Then
        awaitSeen(Map.of("first", true, "second", true));
        assertThat(propagation().<Boolean>path("propagated")).isTrue();
        assertThat(propagation().<String>path("changed_at")).isNotNull();
    }

    @Test
    void anInstanceThatIsCutOffHasNotSeenARevocationUntilItIsBack() {
        // Given
        wire.freeze();
        // When
        management().post(first.url(KEYS + '/' + key + "/revoke")).then().statusCode(200);
        // Then
        awaitSeen(Map.of("first", true, "second", false));
        assertThat(propagation().<Boolean>path("propagated")).isFalse();
        wire.cut();
        wire.mend();
        awaitSeen(Map.of("first", true, "second", true));
        assertThat(propagation().<Boolean>path("propagated")).isTrue();
    }

    /**
     * The rest of the database is well: only the server's ends of the listening connections are stopped. Done again where an
     * instance has found that out, and connected anew, before it was asked about. Seen to fail with an instance that says
     * with each mark it sent, not with each that it heard, how far it is.
     */
    @Test
    void anInstanceWhoseChannelIsDeafHasNotSeenAChange() throws Exception {
        // Given
        Set<String> stopped = new HashSet<>();
        try {
            Awaitility.await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
                stopped.addAll(query("SELECT pid FROM pg_stat_activity WHERE application_name = 'tollkeeper-channel'"));
                signal("STOP", stopped);
                // When
                query("UPDATE api_key SET name = name WHERE id = '" + key + "' RETURNING id");
                // Then: though both have reported since
                Awaitility.await().until(() -> query("SELECT 1 FROM replica WHERE last_seen_at <= (SELECT max(at) FROM "
                        + "change_note WHERE thing = '" + key + "')").isEmpty());
                assertThat(seen()).isEqualTo(Map.of("first", false, "second", false));
            });
        } finally {
            signal("CONT", stopped);
        }
        awaitSeen(Map.of("first", true, "second", true));
    }

    @Test
    void anInstanceThatEndsLeavesTheListAtOnce() throws Exception {
        // Given
        PackagedService third = launch("third", postgres.getPort()).awaitReady();
        awaitSeen(Map.of("first", true, "second", true, "third", true));
        // When
        third.close();
        // Then
        assertThat(seen()).containsOnlyKeys("first", "second");
    }

    private void awaitSeen(Map<String, Boolean> expected) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen()).isEqualTo(expected));
    }

    /** Who has seen the key's last change, as the first instance tells. */
    private Map<String, Boolean> seen() {
        List<Map<String, Object>> replicas = propagation().path("replicas");
        Map<String, Boolean> seen = new HashMap<>();
        replicas.forEach(replica -> seen.put((String) replica.get("name"), (Boolean) replica.get("seen")));
        return seen;
    }

    private Response propagation() {
        return management().get(first.url(KEYS + '/' + key + "/propagation"));
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                column.add(rows.getString(1));
            }
        }
        return column;
    }

    private static void signal(String name, Set<String> processes) throws Exception {
        for (String process : processes) {
            // One that has ended meanwhile is as good.
            new ProcessBuilder("kill", "-" + name, process).redirectErrorStream(true).start().waitFor();
        }
    }
}
