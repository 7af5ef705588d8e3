package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;

/**
 * Books in a team's ledger, in the caller's transaction. The lock comes first: so whoever books for one team does so one
 * after the other, and deadlocks cannot be.
 */
@Singleton
public class Ledger {
    private final LedgerRepository entries;
    private final CreditRepository credits;
    private final LowBalance lowBalance;
    private final Clock clock;

    Ledger(LedgerRepository entries, CreditRepository credits, LowBalance lowBalance, Clock clock) {
        this.entries = entries;
        this.credits = credits;
        this.lowBalance = lowBalance;
        this.clock = clock;
    }

    /**
     * Locks a team's balance until the transaction ends, opens the accounts of a team that has none yet, and books the expiry
     * of what is due: the balance is the one of this moment.
     */
    public Uni<LockedAccount> lock(Sql sql, UUID teamId) {
        return entries.lock(sql, teamId)
                .chain(found -> found.map(Uni.createFrom()::item).orElseGet(() -> open(sql, teamId)))
                .chain(account -> expireDue(sql, account));
    }

    private Uni<LockedAccount> open(Sql sql, UUID teamId) {
        return entries.open(sql, teamId)
                .chain(() -> entries.lock(sql, teamId))
                .map(opened -> opened.orElseThrow(() -> new IllegalStateException("team " + teamId + " has no account")));
    }

    private Uni<LockedAccount> expireDue(Sql sql, LockedAccount account) {
        return credits.due(sql, account.teamId(), now())
                .chain(due -> expireEach(sql, account, due.iterator()));
    }

    private Uni<LockedAccount> expireEach(Sql sql, LockedAccount account, Iterator<CreditGrant> due) {
        if (!due.hasNext()) {
            return Uni.createFrom().item(account);
        }
        CreditGrant grant = due.next();
        return entries.post(sql, account.teamId(), Transfer.expiry(grant.id(), grant.remaining()), now())
                .call(() -> credits.expire(sql, account.teamId(), grant.id()))
                .chain(balance -> expireEach(sql, account.withBalance(balance), due));
    }

    /** Takes the cost of a batch of events, burning credit as far as there is some. */
    public Uni<Void> debitUsage(Sql sql, LockedAccount account, BigDecimal cost, UUID batchId) {
        return entries.post(sql, account.teamId(), Transfer.usage(batchId, cost), now())
                .call(balance -> lowBalance.tell(sql, account, balance))
                .chain(() -> credits.open(sql, account.teamId()))
                .chain(open -> credits.setRemaining(sql, account.teamId(), CreditRules.burn(open, cost)));
    }

    /** Gives credit, which first covers what the team owes. */
    Uni<CreditGrant> grant(Sql sql, LockedAccount account, NewCredit credit) {
        Instant now = now();
        var grant = new CreditGrant(Ids.next(), credit.amount(), CreditRules.remainingOf(credit.amount(), account.balance()),
                BigDecimal.ZERO, account.currency(), credit.reason(), credit.expiresAt(), credit.priority(), now);
        return entries.post(sql, account.teamId(), Transfer.credit(grant.id(), grant.amount()), now)
                .chain(() -> credits.insert(sql, account.teamId(), grant))
                .replaceWith(grant);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
