package dev.tollkeeper.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An audit of a team's books, straight from the database: what must hold after whatever was done. */
public final class Books {
    private static final String BALANCE = "SELECT sum(balance) FROM ledger_account WHERE account = 'balance' AND team_id = ?";
    private static final String COST = "SELECT sum(cost) FROM usage_event WHERE team_id = ?";

    /** Asks the database that holds the books. */
    @FunctionalInterface
    private interface Query {
        List<Map<String, Object>> ask(String sql, Object... arguments);
    }

    private final Query database;

    private Books(Query database) {
        this.database = database;
    }

    /** Insists that everything adds up. */
    public static void audit(UUID team) {
        new Books(Database::query).insist(team);
    }

    /** Insists that everything adds up in another database than that of the tests. */
    public static void audit(Connection connection, UUID team) {
        new Books((sql, arguments) -> Database.query(connection, sql, arguments)).insist(team);
    }

    private void insist(UUID team) {
        assertThat(unbalancedTransactions(team)).as("invariant 1: transactions that do not sum to zero").isEmpty();
        assertThat(wrongBalances(team)).as("invariant 2: balances that are not the fold of their entries").isEmpty();
        assertThat(unexplainedDebits(team)).as("invariant 11: debits that are not their events").isEmpty();
        assertThat(wrongCosts(team)).as("invariant 11: costs that are not quantity times price").isEmpty();
        assertThat(wrongQuantities(team)).as("quantities of tiered prices that are not the sum of their events").isEmpty();
        assertThat(wrongRollUps(team)).as("roll-ups that are not the sum of their events").isEmpty();
        assertThat(wrongGrants(team))
                .as("invariant 7: grants that are not what was booked for them, or of which more is gone than was given")
                .isEmpty();
        assertThat(oweForCredit(team)).as("credit that expired or was taken back though it was used").isEmpty();
        BigDecimal balance = sum(BALANCE, team);
        assertThat(remaining(team)).as("what is left of all grants").isEqualByComparingTo(balance.max(BigDecimal.ZERO));
        assertThat(revenue(team)).as("what was debited in all").isEqualByComparingTo(sum(COST, team));
    }

    /** The stored balance. */
    public static BigDecimal balance(UUID team) {
        return new Books(Database::query).sum(BALANCE, team);
    }

    /** What all events cost together. */
    public static BigDecimal cost(UUID team) {
        return new Books(Database::query).sum(COST, team);
    }

    /** The roll-up, without what differs from team to team. */
    public static List<Map<String, Object>> rollUp(UUID team) {
        return Database
                .query("SELECT hour, meter, model, provider, trim_scale(quantity) AS quantity, trim_scale(cost) AS cost, "
                        + "requests FROM usage_rollup WHERE team_id = ? ORDER BY hour, meter, model NULLS FIRST", team);
    }

    private BigDecimal remaining(UUID team) {
        return sum("SELECT sum(remaining) FROM credit_grant WHERE team_id = ?", team);
    }

    private BigDecimal revenue(UUID team) {
        return sum("SELECT sum(amount) FROM ledger_entry WHERE account = 'revenue' AND team_id = ?", team);
    }

    private BigDecimal sum(String query, UUID team) {
        BigDecimal sum = (BigDecimal) database.ask(query, team).get(0).values().iterator().next();
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private List<?> unbalancedTransactions(UUID team) {
        return database.ask("SELECT transaction_id FROM ledger_entry WHERE team_id = ? GROUP BY transaction_id, currency "
                + "HAVING sum(amount) <> 0 OR count(*) < 2", team);
    }

    private List<?> wrongBalances(UUID team) {
        return database.ask("""
                SELECT account, 'entry' AS what FROM (
                    SELECT account, balance_after, sum(amount) OVER (PARTITION BY account ORDER BY seq) AS folded
                    FROM ledger_entry WHERE team_id = ?) e WHERE balance_after <> folded
                UNION ALL
                SELECT a.account, 'account' FROM ledger_account a WHERE a.team_id = ? AND a.balance <> coalesce(
                    (SELECT sum(amount) FROM ledger_entry e WHERE e.team_id = a.team_id AND e.account = a.account), 0)
                """, team, team);
    }

    private List<?> unexplainedDebits(UUID team) {
        return database.ask(
                """
                        SELECT t.id FROM ledger_transaction t
                        JOIN ledger_entry e ON e.team_id = t.team_id AND e.transaction_id = t.id AND e.account = 'balance'
                        WHERE t.team_id = ? AND t.kind IN ('usage', 'adjustment') AND (t.reference_type <> 'usage_batch' OR -e.amount IS DISTINCT FROM
                            (SELECT sum(u.cost) FROM usage_event u WHERE u.team_id = t.team_id AND u.batch_id = t.reference_id))
                        """,
                team);
    }

    private List<?> wrongCosts(UUID team) {
        return database.ask("SELECT u.event_id FROM usage_event u LEFT JOIN price p ON p.id = u.price_id WHERE u.team_id = ? "
                + "AND (p.id IS NULL OR p.type = 'per_unit') AND u.cost <> coalesce(u.quantity * p.unit_price, 0)", team);
    }

    private List<?> wrongQuantities(UUID team) {
        String kept = "SELECT price_id, model, month, quantity FROM price_usage WHERE team_id = ? AND quantity > 0";
        String summed = "SELECT u.price_id, u.model, date_trunc('month', u.occurred_at, 'UTC')::date, sum(u.quantity) "
                + "FROM usage_event u JOIN price p ON p.id = u.price_id AND p.type <> 'per_unit' WHERE u.team_id = ? "
                + "GROUP BY 1, 2, 3 HAVING sum(u.quantity) > 0";
        return database.ask("(" + kept + " EXCEPT ALL " + summed + ") UNION ALL (" + summed + " EXCEPT ALL " + kept + ")",
                team, team, team, team);
    }

    private List<?> wrongRollUps(UUID team) {
        String columns = "team_id, project_id, key_id, user_id, meter, model, provider, adjusts, quantity, cost, requests";
        String rolled = "SELECT hour, " + columns + " FROM usage_rollup WHERE team_id = ?";
        String summed = "SELECT date_trunc('hour', billed_at, 'UTC'), "
                + columns.replace("quantity, cost, requests", "sum(quantity), sum(cost), count(*)")
                + " FROM usage_event WHERE team_id = ? GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9";
        return database.ask("(" + rolled + " EXCEPT ALL " + summed + ") UNION ALL (" + summed + " EXCEPT ALL " + rolled + ")",
                team, team, team, team);
    }

    private List<?> wrongGrants(UUID team) {
        return database.ask(
                """
                        SELECT g.id FROM credit_grant g
                        WHERE g.team_id = ? AND (least(g.remaining, g.expired, g.voided) < 0
                            OR g.remaining + g.expired + g.voided > g.amount
                            OR g.remaining > 0 AND g.expired + g.voided > 0 OR g.expired > 0 AND g.voided > 0
                            OR (g.amount, g.expired, g.voided) <> (
                                SELECT coalesce(sum(e.amount) FILTER (WHERE t.kind = 'credit'), 0),
                                       coalesce(sum(-e.amount) FILTER (WHERE t.kind = 'expiry'), 0),
                                       coalesce(sum(-e.amount) FILTER (WHERE t.kind = 'reversal' AND t.reverses = c.id), 0)
                                FROM ledger_transaction t
                                JOIN ledger_entry e ON e.team_id = t.team_id AND e.transaction_id = t.id AND e.account = 'balance'
                                JOIN ledger_transaction c ON c.team_id = t.team_id AND c.reference_id = t.reference_id AND c.kind = 'credit'
                                WHERE t.team_id = g.team_id AND t.reference_type = 'credit_grant' AND t.reference_id = g.id))
                        """,
                team);
    }

    private List<?> oweForCredit(UUID team) {
        return database.ask("""
                SELECT t.id FROM ledger_transaction t
                JOIN ledger_entry e ON e.team_id = t.team_id AND e.transaction_id = t.id AND e.account = 'balance'
                WHERE t.team_id = ? AND t.kind IN ('expiry', 'reversal') AND e.balance_after < 0
                """, team);
    }
}
