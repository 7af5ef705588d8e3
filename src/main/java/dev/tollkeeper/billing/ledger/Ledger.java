package dev.tollkeeper.billing.ledger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.smallrye.mutiny.Multi;
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

    /** As {@link #lock(Sql, Collection)} for one team. */
    public Uni<LockedAccount> lock(Sql sql, UUID teamId) {
        return lock(sql, List.of(teamId)).map(accounts -> accounts.get(teamId));
    }

    /**
     * Locks the balances of teams until the transaction ends, opens the accounts of those that have none yet, and books the
     * expiry of what is due: the balances are those of this moment. Whoever locks several does so in the same order.
     */
    public Uni<Map<UUID, LockedAccount>> lock(Sql sql, Collection<UUID> teams) {
        return entries.lock(sql, teams)
                .chain(found -> found.size() == teams.size() ? Uni.createFrom().item(found) : open(sql, teams, found.keySet()))
                .chain(found -> withGrants(sql, found))
                .call(accounts -> expireDue(sql, accounts));
    }

    /**
     * Locks the balance of a team that has an account. One that has none is left so, and nobody opens one before the transaction
     * ends: it can still change its currency.
     *
     * @return whether it has an account
     */
    public Uni<Boolean> lockIfOpen(Sql sql, UUID teamId) {
        return hasLocked(sql, teamId)
                .chain(locked -> locked
                        ? Uni.createFrom().item(true)
                        : entries.holdUnopened(sql, List.of(teamId)).chain(() -> hasLocked(sql, teamId)));
    }

    private Uni<Boolean> hasLocked(Sql sql, UUID teamId) {
        return entries.lock(sql, List.of(teamId)).map(found -> !found.isEmpty());
    }

    private Uni<Map<UUID, LockedAccount>> open(Sql sql, Collection<UUID> teams, Set<UUID> locked) {
        List<UUID> unopened = teams.stream().filter(team -> !locked.contains(team)).toList();
        return entries.holdUnopened(sql, unopened)
                .chain(() -> entries.open(sql, unopened))
                .chain(() -> entries.lock(sql, teams))
                .invoke(opened -> {
                    if (opened.size() < teams.size()) {
                        throw new IllegalStateException("Some of these teams have no account: " + teams);
                    }
                });
    }

    private Uni<Map<UUID, LockedAccount>> withGrants(Sql sql, Map<UUID, LockedAccount> accounts) {
        return credits.open(sql, accounts.keySet())
                .invoke(open -> open.forEach((team, grants) -> accounts.computeIfPresent(team,
                        (id, account) -> account.withOpenGrants(grants))))
                .replaceWith(accounts);
    }

    private Uni<Void> expireDue(Sql sql, Map<UUID, LockedAccount> accounts) {
        Instant now = now();
        return Multi.createFrom().iterable(List.copyOf(accounts.values()))
                .filter(account -> account.hasDue(now))
                .onItem().transformToUniAndConcatenate(account -> expireEach(sql, account, account.due(now).iterator())
                        .invoke(expired -> accounts.put(expired.teamId(), expired)))
                .collect().last().replaceWithVoid();
    }

    private Uni<LockedAccount> expireEach(Sql sql, LockedAccount account, Iterator<CreditGrant> due) {
        if (!due.hasNext()) {
            return Uni.createFrom().item(account);
        }
        CreditGrant grant = due.next();
        return entries.post(sql, List.of(Transfer.expiry(account.teamId(), grant.id(), grant.remaining())), now())
                .call(balances -> lowBalance.tell(sql, account, balances.get(account.teamId())))
                .call(() -> credits.expire(sql, account.teamId(), grant.id()))
                .chain(balances -> expireEach(sql, account.without(grant, balances.get(account.teamId())), due));
    }

    /**
     * Insists that an amount is left above the floor of a team's balance that no reservation holds.
     *
     * @return fails with {@code insufficient_balance} where there is a floor, and less is left
     */
    public Uni<Void> requireAvailable(Sql sql, LockedAccount account, BigDecimal amount) {
        return entries.standing(sql, account.teamId(), now()).invoke(standing -> {
            if (!standing.hasRoomFor(amount)) {
                throw DomainError.of(ErrorCode.INSUFFICIENT_BALANCE, "Less than this amount is left of the team's balance and "
                        + "credit limit. Top the balance up, or reserve less.");
            }
        }).replaceWithVoid();
    }

    /** Takes the costs of batches of events, burning credit as far as there is some. */
    public Uni<Void> debitUsage(Sql sql, Collection<UsageDebit> debits) {
        if (debits.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<UUID, List<UsageDebit>> ofTeams = debits.stream()
                .collect(Collectors.groupingBy(debit -> debit.account().teamId()));
        Map<UUID, List<CreditGrant>> burnt = new HashMap<>();
        ofTeams.forEach((team, ofTeam) -> burnt.put(team, CreditRules.burn(ofTeam.get(0).account().openGrants(),
                ofTeam.stream().map(UsageDebit::cost).reduce(BigDecimal.ZERO, BigDecimal::add))));
        return postInTurn(sql, ofTeams.values())
                .call(balances -> tellLow(sql, ofTeams.values(), balances))
                .chain(() -> credits.setRemaining(sql, burnt));
    }

    // All teams' first debits at once, then the second ones of those that have more: one for each month that late events
    // belong to.
    private Uni<Map<UUID, BigDecimal>> postInTurn(Sql sql, Collection<List<UsageDebit>> ofTeams) {
        Instant now = now();
        int most = ofTeams.stream().mapToInt(List::size).max().orElse(0);
        return Multi.createFrom().range(0, most)
                .map(turn -> ofTeams.stream().filter(ofTeam -> ofTeam.size() > turn).map(ofTeam -> ofTeam.get(turn).transfer())
                        .toList())
                .onItem().transformToUniAndConcatenate(transfers -> entries.post(sql, transfers, now))
                .collect().in(HashMap::new, Map::putAll);
    }

    private Uni<Void> tellLow(Sql sql, Collection<List<UsageDebit>> ofTeams, Map<UUID, BigDecimal> balances) {
        return Multi.createFrom().iterable(ofTeams)
                .map(ofTeam -> ofTeam.get(0).account())
                .onItem().transformToUniAndConcatenate(account -> lowBalance.tell(sql, account,
                        balances.get(account.teamId())))
                .collect().last().replaceWithVoid();
    }

    /** Gives credit, which first covers what the team owes. */
    Uni<CreditGrant> grant(Sql sql, LockedAccount account, NewCredit credit) {
        Instant now = now();
        var grant = new CreditGrant(Ids.next(), credit.amount(), CreditRules.remainingOf(credit.amount(), account.balance()),
                BigDecimal.ZERO, BigDecimal.ZERO, account.currency(), credit.reason(), credit.expiresAt(), credit.priority(),
                now);
        return entries.post(sql, List.of(Transfer.credit(account.teamId(), grant.id(), grant.amount())), now)
                .chain(() -> credits.insert(sql, account.teamId(), grant))
                .replaceWith(grant);
    }

    /** Takes back what is left of a grant. What was used of it stays used. */
    Uni<Void> takeBack(Sql sql, LockedAccount account, CreditGrant grant) {
        UUID team = account.teamId();
        return entries.giving(sql, team, grant.id())
                .map(giving -> List.of(Transfer.reversal(team, grant.id(), grant.remaining(), giving)))
                .chain(reversal -> entries.post(sql, reversal, now()))
                .chain(balances -> lowBalance.tell(sql, account, balances.get(team)))
                .chain(() -> credits.update(sql, team, grant.takenBack()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
