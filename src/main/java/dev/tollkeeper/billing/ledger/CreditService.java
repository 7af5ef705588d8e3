package dev.tollkeeper.billing.ledger;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.billing.BilledTeam;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.idempotency.Idempotency;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.Decimals;
import io.smallrye.mutiny.Uni;

/** Gives credit, takes it back, and tells what was given. */
@Singleton
class CreditService {
    private final Transactions database;
    private final Ledger ledger;
    private final CreditRepository credits;
    private final LedgerService accounts;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final BillingSettings settings;
    private final Clock clock;

    CreditService(Transactions database, Ledger ledger, CreditRepository credits, LedgerService accounts,
            Idempotency idempotency, AuditTrail audit, BillingSettings settings, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.credits = credits;
        this.accounts = accounts;
        this.idempotency = idempotency;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Gives a team credit, once for one {@code Idempotency-Key}. */
    Uni<CreditGrant> grant(Caller caller, BilledTeam team, String idempotencyKey, NewCredit credit) {
        requireGranter(caller, team.id());
        var once = new IdempotencyKey(idempotencyKey, team.id(), caller.callerId(),
                "POST /api/team-billing/" + team.id() + "/credits",
                credit);
        return database.run(sql -> idempotency.once(sql, once, CreditGrant.class, () -> grant(sql, team, credit)));
    }

    private void requireGranter(Caller caller, UUID team) {
        if (caller.isOperator()) {
            return;
        }
        if (!settings.keysMayGrantCredit()) {
            caller.requireOperator();
        }
        caller.requireAdmin(team);
    }

    private Uni<CreditGrant> grant(Sql sql, BilledTeam team, NewCredit credit) {
        // Checked here and not with the other fields: the same request sent again later still answers as it did.
        if (credit.expiresAt() != null && !credit.expiresAt().isAfter(clock.instant())) {
            throw DomainError.invalidField("expires_at", "must be in the future");
        }
        return ledger.lock(sql, team.id())
                .chain(account -> ledger.grant(sql, account, credit))
                .call(grant -> audit.append(sql, granted(team, grant)));
    }

    private static AuditEvent granted(BilledTeam team, CreditGrant grant) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("amount", Decimals.money(grant.amount()));
        changes.put("currency", grant.currency());
        changes.put("reason", grant.reason());
        changes.put("expires_at", grant.expiresAt());
        changes.put("priority", grant.priority());
        return new AuditEvent(team.id(), "credit.granted", "credit_grant", grant.id().toString(), changes);
    }

    /** Takes back what is left of a grant, once, however often it is asked for. */
    Uni<Void> takeBack(BilledTeam team, UUID id) {
        return database.run(sql -> ledger.lock(sql, team.id())
                .chain(account -> find(sql, team, id).chain(grant -> takeBack(sql, account, grant))));
    }

    private Uni<CreditGrant> find(Sql sql, BilledTeam team, UUID id) {
        return credits.find(sql, team.id(), id)
                .map(found -> found.orElseThrow(() -> DomainError.notFound("Credit")));
    }

    private Uni<Void> takeBack(Sql sql, LockedAccount account, CreditGrant grant) {
        if (grant.isTakenBack()) {
            return Uni.createFrom().voidItem();
        }
        if (grant.remaining().signum() == 0) {
            throw DomainError.conflict("Nothing is left of this credit to take back: it was used, or has expired. "
                    + "GET the team's credits to see which have something remaining.");
        }
        return ledger.takeBack(sql, account, grant)
                .chain(() -> audit.append(sql, voided(account.teamId(), grant)));
    }

    private static AuditEvent voided(UUID team, CreditGrant grant) {
        return new AuditEvent(team, "credit.voided", "credit_grant", grant.id().toString(),
                Map.of("amount", Decimals.money(grant.remaining()), "currency", grant.currency()));
    }

    /** A team's grants, newest first, as they stand at this moment. */
    Uni<Page<CreditGrant>> list(BilledTeam team, PageRequest page) {
        return accounts.expireDue(team)
                .chain(() -> credits.list(database.single(), team.id(), page))
                .map(grants -> Page.of(grants, page, CreditGrant::id));
    }
}
