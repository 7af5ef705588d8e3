package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.webhook.Outbox;
import dev.tollkeeper.webhook.WebhookType;
import io.smallrye.mutiny.Uni;

/**
 * Tells a team's webhooks of what takes its balance to what the operator calls low, or below: usage, or credit that expires or is
 * taken back. Not of what comes after it.
 */
@Singleton
class LowBalance {
    private final Outbox outbox;
    private final BillingSettings settings;

    LowBalance(Outbox outbox, BillingSettings settings) {
        this.outbox = outbox;
        this.settings = settings;
    }

    /**
     * Tells them where that is so.
     *
     * @param account as it was before
     * @param balance what is left now
     */
    Uni<Void> tell(Sql sql, LockedAccount account, BigDecimal balance) {
        BigDecimal low = settings.balanceLow().orElse(null);
        if (low == null || account.balance().compareTo(low) <= 0 || balance.compareTo(low) > 0) {
            return Uni.createFrom().voidItem();
        }
        return outbox.append(sql, account.teamId(), WebhookType.BALANCE_LOW, Map.of("team_id", account.teamId(),
                "balance", Decimals.money(balance), "threshold", Decimals.money(low), "currency", account.currency()));
    }
}
