package dev.tollkeeper.billing.ledger;

import java.time.Clock;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.BilledTeam;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;

/** Reads a team's ledger as it stands at this moment: what is due to expire is booked first. */
@Singleton
public class LedgerService {
    private final Transactions database;
    private final Ledger ledger;
    private final LedgerRepository entries;
    private final CreditRepository credits;
    private final Clock clock;

    LedgerService(Transactions database, Ledger ledger, LedgerRepository entries, CreditRepository credits, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.entries = entries;
        this.credits = credits;
        this.clock = clock;
    }

    /** What the team has left, and what reservations hold of it. */
    public Uni<Standing> standing(BilledTeam team) {
        return expireDue(team).chain(() -> entries.standing(database.single(), team.id(), clock.instant()));
    }

    /** The entries of the team's balance, newest first. */
    Uni<Page<LedgerEntry>> entries(BilledTeam team, PageRequest page) {
        return expireDue(team)
                .chain(() -> entries.entries(database.single(), team.id(), page))
                .map(found -> Page.of(found, page, LedgerEntry::id));
    }

    /** Books the expiry of the team's credit that is due, where there is some. */
    Uni<Void> expireDue(BilledTeam team) {
        return credits.due(database.single(), team.id(), clock.instant())
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : database.run(sql -> ledger.lock(sql, team.id())).replaceWithVoid());
    }
}
