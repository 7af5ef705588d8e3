package dev.tollkeeper.billing.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.BilledTeams;
import dev.tollkeeper.testsupport.BilledTeams.Team;
import dev.tollkeeper.testsupport.Books;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.FaultyPostgres;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.restassured.http.ContentType;

/**
 * Invariants 3 and 4: whatever is killed at whatever moment, an event that was acknowledged is there, once, and the books add up.
 * {@code -Dtollkeeper.long=true} kills twenty times and more.
 */
class KilledIngestIT {
    private static final int KILLS = Boolean.getBoolean("tollkeeper.long") ? 24 : 6;
    private static final int TEAMS = 3;
    private static final int SENDERS = 6;

    @TempDir
    static Path directory;

    private final Random random = new Random(20_261_130);
    private FaultyPostgres postgres;
    private volatile PackagedService service;
    private List<Team> teams;

    @BeforeEach
    void start() throws Exception {
        postgres = FaultyPostgres.start(directory);
        launch();
        try (Connection connection = postgres.connect()) {
            teams = BilledTeams.fill(connection, TEAMS).teams();
        }
        // The first team's is used up soon.
        grant(teams.get(0), "0.5");
        grant(teams.get(1), "1000000");
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        postgres.close();
    }

    private void grant(Team team, String amount) {
        String operator = Replicas.operatorToken(service.port());
        given().header("Authorization", "Bearer " + operator).contentType(ContentType.JSON)
                .body(Map.of("amount", amount, "reason", "test"))
                .post(service.url("/api/team-billing/" + team.id() + "/credits")).then().statusCode(201);
    }

    private void launch() throws Exception {
        service = PackagedService.launch(directory, Replicas.environment(postgres.port(),
                Map.of("TOLLKEEPER_DATABASE_CONNECT_TIMEOUT", "2s", "TOLLKEEPER_DATABASE_REQUEST_TIMEOUT", "5s"))).awaitReady();
    }

    /** Seen to fail with PostgreSQL's {@code synchronous_commit} off: commits were answered that were not written yet. */
    @Test
    void everyAcknowledgedEventIsThereOnce() throws Exception {
        // Given
        List<UsageSender> senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> new UsageSender("sender " + i, teams.get(i % TEAMS), () -> service.port())).toList();
        senders.forEach(UsageSender::start);
        // When
        for (int kill = 0; kill < KILLS; kill++) {
            long soFar = acknowledged(senders);
            senders.get(0).awaitAcknowledged(1 + random.nextInt(200));
            if (kill % 2 == 0) {
                postgres.kill();
                postgres.restart();
            } else {
                service.kill();
                launch();
            }
            senders.forEach(sender -> sender.awaitAcknowledged(1));
            assertThat(acknowledged(senders)).isGreaterThan(soFar);
        }
        for (UsageSender sender : senders) {
            sender.finish(Duration.ofMinutes(1));
        }
        // Then
        try (Connection connection = postgres.connect()) {
            for (int team = 0; team < TEAMS; team++) {
                UUID id = teams.get(team).id();
                assertThat(stored(connection, id)).isEqualTo(sent(senders, teams.get(team)));
                Books.audit(connection, id);
            }
        }
    }

    private static long acknowledged(List<UsageSender> senders) {
        return senders.stream().mapToLong(UsageSender::acknowledged).sum();
    }

    /** In order, so that one that is there twice is seen. */
    private static List<String> stored(Connection connection, UUID team) {
        return Database
                .query(connection, "SELECT source || '/' || event_id || '/' || trim_scale(quantity) AS event FROM usage_event "
                        + "WHERE team_id = ?", team)
                .stream().map(row -> (String) row.get("event")).sorted().toList();
    }

    private static List<String> sent(List<UsageSender> senders, Team team) {
        return senders.stream().filter(sender -> sender.team().equals(team)).flatMap(sender -> sender.all().stream())
                .sorted().toList();
    }
}
