package dev.tollkeeper.testsupport;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.restassured.response.ValidatableResponse;

/** Makes budgets and reservations over HTTP, and looks whether their counts are right. */
public final class Budgets {
    private Budgets() {
    }

    /** Makes a budget of a team's project; answers its path. */
    public static String create(TestTeam team, Map<String, ?> budget) {
        return "/api/budgets/" + as(team.managementKey()).body(budget).post("/api/budgets").then().statusCode(201).extract()
                .<String>path("id");
    }

    /** A budget of the whole project. */
    public static Map<String, Object> ofProject(String period, String limit) {
        return new HashMap<>(Map.of("scope", "project", "period", period, "hard_limit", limit));
    }

    /** What was spent of a budget, as the API tells it. */
    public static BigDecimal spent(TestTeam team, String path) {
        return new BigDecimal(as(team.managementKey()).get(path).then().statusCode(200).extract().<String>path("spent"));
    }

    /** Asks to reserve, whatever the answer. */
    public static ValidatableResponse reserve(TestTeam team, UUID keyId, String amount) {
        return as(team.managementKey()).body(Map.of("key_id", keyId, "amount", amount)).post("/api/usage/reservations").then();
    }

    /** Reserves for an hour; answers the reservation's path. */
    public static String reserved(TestTeam team, UUID keyId, String amount) {
        return "/api/usage/reservations/" + as(team.managementKey())
                .body(Map.of("key_id", keyId, "amount", amount, "expires_in_seconds", 3600)).post("/api/usage/reservations")
                .then()
                .statusCode(201).extract().<String>path("id");
    }

    /** Insists that every count of a team's budgets is the sum of the events in its window. */
    public static void audit(UUID team) {
        assertThat(Database.query("""
                SELECT b.scope, b.period, b.timezone, w.starts_at, w.spent, s.spent AS summed
                FROM budget_window w JOIN budget b ON b.team_id = w.team_id AND b.id = w.budget_id
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(e.cost), 0) AS spent FROM usage_event e
                    WHERE e.team_id = b.team_id AND e.project_id = b.project_id AND e.billed_at >= w.starts_at
                      AND (w.ends_at IS NULL OR e.billed_at < w.ends_at)
                      AND (b.key_id IS NULL OR e.key_id = b.key_id) AND (b.user_id IS NULL OR e.user_id = b.user_id)
                      AND (w.subject_id = b.id OR w.subject_id IN (e.key_id, e.user_id))) s
                WHERE w.team_id = ? AND w.spent <> s.spent
                """, team)).as("counts that are not the sum of their events").isEmpty();
    }
}
