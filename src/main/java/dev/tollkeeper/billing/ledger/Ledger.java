package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Uni;

/**
 * Books in a team's ledger, in the caller's transaction. The lock comes first: so whoever books for one team does so one
 * after the other, and deadlocks cannot be.
 */
@Singleton
public class Ledger {
    private final LedgerRepository entries;
    private final CreditRepository credits;
    private final Clock clock;

    Ledger(LedgerRepository entries, CreditRepository credits, Clock clock) {
        this.entries = entries;
        this.credits = credits;
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

    /**
     * Locks the balance of a team that has an account. One that has none is left so, and nobody opens one before the transaction
     * ends: it can still change its currency.
     *
     * @return whether it has an account
     */
    public Uni<Boolean> lockIfOpen(Sql sql, UUID teamId) {
        return entries.lock(sql, teamId)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(true)
                        : entries.holdUnopened(sql, teamId)
                                .chain(() -> entries.lock(sql, teamId))
                                .map(Optional::isPresent));
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

    /**
     * Insists that a team which pays in advance has an amount left that no reservation holds.
     *
     * @return fails with {@code insufficient_balance} where it has not
     */
    public Uni<Void> requireAvailable(Sql sql, LockedAccount account, BigDecimal amount) {
        return entries.isPrepaid(sql, account.teamId())
                .chain(prepaid -> prepaid ? requireUnheld(sql, account, amount) : Uni.createFrom().voidItem());
    }

    private Uni<Void> requireUnheld(Sql sql, LockedAccount account, BigDecimal amount) {
        return entries.held(sql, account.teamId(), now()).invoke(held -> {
            if (account.balance().subtract(held).compareTo(amount) < 0) {
                throw DomainError.of(ErrorCode.INSUFFICIENT_BALANCE,
                        "Less than this amount is left of the team's prepaid balance. Top it up, or reserve less.");
            }
        }).replaceWithVoid();
    }

    /** Takes the cost of a batch of events, burning credit as far as there is some. */
    public Uni<Void> debitUsage(Sql sql, LockedAccount account, BigDecimal cost, UUID batchId) {
        return entries.post(sql, account.teamId(), Transfer.usage(batchId, cost), now())
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
