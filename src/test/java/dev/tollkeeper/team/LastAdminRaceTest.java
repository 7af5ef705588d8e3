package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.testsupport.Api;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Two who take each other's place away at the same moment. The end of the audit log, which both write to last, is held until
 * both wait: so were there no lock before it, both would have been allowed by then.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LastAdminRaceTest {
    private final TestTeam team = TestTeam.create();
    private final UUID second = TestTeam.user(team.id(), "admin");

    /** Seen to fail, with no admin left, with TeamLock.hold taking no lock. */
    @ParameterizedTest
    @CsvSource({"remove,remove", "demote,demote", "disable,disable", "delete,delete", "remove,disable", "demote,delete"})
    void oneOfTwoAdminsStays(String first, String other) throws Exception {
        // Given
        String admin = Api.token(team.adminEmail());
        String rival = Api.token(TestTeam.email(second));
        // When
        List<Integer> statuses = together(team.id(),
                () -> take(admin, first, second), () -> take(rival, other, team.adminId()));
        // Then
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertThat(Database.value("SELECT count(*) FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.team_id = ? "
                + "AND m.role = 'admin' AND u.status = 'active' AND u.deleted_at IS NULL", team.id())).isEqualTo(1L);
    }

    /** Seen to fail, with no operator left, without the advisory lock in LastOperator. */
    @Test
    void oneOfTwoOperatorsStays() throws Exception {
        // Given
        UUID one = People.operator(team.id());
        UUID two = People.operator(team.id());
        String tokenOne = Api.token(TestTeam.email(one));
        String tokenTwo = Api.token(TestTeam.email(two));
        Database.update("DELETE FROM membership WHERE user_id IN (?, ?)", one, two);
        List<Object> others = Database
                .query("SELECT id FROM app_user WHERE is_operator AND status = 'active' AND id <> ? AND id <> ?",
                        one, two)
                .stream().map(row -> row.get("id")).toList();
        others.forEach(other -> Database.update("UPDATE app_user SET status = 'disabled' WHERE id = ?", other));
        List<Integer> statuses;
        Object left;
        // When
        try {
            statuses = together(AuditEvent.INSTALLATION, () -> take(tokenOne, "disable", two),
                    () -> take(tokenTwo, "delete", one));
            left = Database
                    .value("SELECT count(*) FROM app_user WHERE is_operator AND status = 'active' AND deleted_at IS NULL");
        } finally {
            others.forEach(other -> Database.update("UPDATE app_user SET status = 'active' WHERE id = ?", other));
            People.demote(one);
            People.demote(two);
        }
        // Then
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertThat(left).isEqualTo(1L);
    }

    private int take(String token, String how, UUID user) {
        String member = "/api/teams/" + team.id() + "/members/" + user;
        return switch (how) {
            case "remove" -> as(token).delete(member).statusCode();
            case "demote" -> as(token).body(Map.of("role", "member")).put(member).statusCode();
            case "disable" -> as(token).body(Map.of("status", "disabled")).put("/api/users/" + user).statusCode();
            default -> as(token).delete("/api/users/" + user).statusCode();
        };
    }

    private static List<Integer> together(UUID log, Callable<Integer> first, Callable<Integer> second) throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try (Connection holder = Database.connect()) {
            holder.setAutoCommit(false);
            hold(holder, log);
            Future<Integer> one = threads.submit(first);
            Future<Integer> two = threads.submit(second);
            await().until(() -> Long.valueOf(2).equals(Database.value(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) || one.isDone() || two.isDone());
            holder.rollback();
            return List.of(one.get(), two.get());
        } finally {
            threads.shutdown();
        }
    }

    private static void hold(Connection holder, UUID log) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute("INSERT INTO audit_chain VALUES ('" + log
                    + "', 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING");
            statement.execute("SELECT 1 FROM audit_chain WHERE team_id = '" + log + "' FOR UPDATE");
        }
    }
}
