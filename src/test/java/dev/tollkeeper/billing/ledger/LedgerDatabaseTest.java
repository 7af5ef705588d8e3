package dev.tollkeeper.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Usage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Invariant 1, by the database itself: whoever connects to it cannot change what was booked. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LedgerDatabaseTest {
    private final TestTeam team = TestTeam.create();

    @BeforeEach
    void someCredit() {
        Usage.credit(team.id(), Map.of("amount", "10", "reason", "test"));
    }

    /** Seen to fail without the triggers ledger_entry_append_only, ledger_entry_no_truncate and those of the transactions. */
    @ParameterizedTest
    @ValueSource(strings = {"UPDATE ledger_entry SET amount = amount + 1", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry",
            "UPDATE ledger_transaction SET kind = 'usage'", "DELETE FROM ledger_transaction",
            "TRUNCATE ledger_transaction CASCADE"})
    void whatWasBookedCannotBeChanged(String statement) {
        assertThatThrownBy(() -> Database.update(statement)).hasMessageContaining("append-only");
        assertThat(Usage.balance(team)).isEqualByComparingTo("10");
    }

    /** Seen to fail without the trigger ledger_sums_to_zero. */
    @Test
    void aTransactionThatDoesNotSumToZeroIsRefusedAtItsCommit() throws SQLException {
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            UUID transaction = UUID.randomUUID();
            // When
            book(connection, transaction, "balance", "EUR", "5");
            book(connection, transaction, "funding", "EUR", "-4.999999999");
            // Then
            assertThatThrownBy(connection::commit).hasMessageContaining("does not sum to zero");
        }
    }

    /** Seen to fail without GROUP BY currency in ledger_transaction_sums_to_zero. */
    @Test
    void currenciesDoNotMakeUpForEachOther() throws SQLException {
        try (Connection connection = Database.connect()) {
            connection.setAutoCommit(false);
            UUID transaction = UUID.randomUUID();
            // When
            book(connection, transaction, "balance", "EUR", "5");
            book(connection, transaction, "funding", "USD", "-5");
            // Then
            assertThatThrownBy(connection::commit).hasMessageContaining("does not sum to zero");
        }
    }

    @Test
    void theWholeLedgerSumsToZero() {
        assertThat(Database.query("SELECT currency FROM ledger_entry GROUP BY currency HAVING sum(amount) <> 0")).isEmpty();
    }

    private void book(Connection connection, UUID transaction, String account, String currency, String amount)
            throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO ledger_transaction (team_id, id, kind, at, reference_type, "
                + "reference_id) VALUES (?, ?, 'usage', now(), 'test', ?) ON CONFLICT DO NOTHING");
                var entry = connection
                        .prepareStatement("INSERT INTO ledger_entry (team_id, id, transaction_id, account, currency, "
                                + "amount, balance_after) VALUES (?, ?, ?, ?, ?, ?, 0)")) {
            insert.setObject(1, team.id());
            insert.setObject(2, transaction);
            insert.setObject(3, transaction);
            insert.executeUpdate();
            entry.setObject(1, team.id());
            entry.setObject(2, UUID.randomUUID());
            entry.setObject(3, transaction);
            entry.setString(4, account);
            entry.setString(5, currency);
            entry.setBigDecimal(6, new BigDecimal(amount));
            entry.executeUpdate();
        }
    }
}
