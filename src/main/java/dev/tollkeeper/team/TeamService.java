package dev.tollkeeper.team;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.InvalidCurrencyException;
import dev.tollkeeper.webhook.Outbox;
import dev.tollkeeper.webhook.WebhookType;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** What is done with teams. Each change is in force for its keys and users with their next request. */
@Singleton
class TeamService {
    private final TeamRepository teams;
    private final AuditTrail audit;
    private final Outbox outbox;
    private final Clock clock;

    TeamService(TeamRepository teams, AuditTrail audit, Outbox outbox, Clock clock) {
        this.teams = teams;
        this.audit = audit;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What is wanted of a team; empty for what stays. */
    record TeamChange(Optional<String> name, Optional<String> currency, Optional<BillingMode> billingMode,
            Optional<CreditLimit> creditLimit) {
    }

    @WithSession
    Uni<Page<Team>> list(Caller caller, PageRequest page) {
        return teams.list(TeamAccess.seen(caller), page).map(found -> Page.of(found, page, Team::id));
    }

    @WithSession
    Uni<Team> get(Caller caller, UUID id) {
        caller.requireTeam(id);
        return teams.require(id);
    }

    @WithTransaction
    Uni<Team> create(Caller caller, String name, String currency, BillingMode mode, CreditLimit limit) {
        caller.requireOperator();
        requireFit(mode, limit, "credit_limit");
        Team team = new Team(Ids.next(), name, checked(currency), mode, limit, now());
        return teams.insert(team)
                .call(() -> log(team, "team.created", Map.of("name", name, "currency", currency, "billing_mode", mode.word(),
                        "credit_limit", limit.toString())));
    }

    @WithTransaction
    Uni<Team> update(Caller caller, UUID id, TeamChange change) {
        caller.requireAdmin(id);
        change.currency().ifPresent(TeamService::checked);
        return teams.requireHeld(id)
                .call(team -> requireMayChangeMoney(caller, team, change))
                .invoke(team -> requireFit(team, change))
                .call(team -> apply(team, change));
    }

    private Uni<Void> requireMayChangeMoney(Caller caller, Team team, TeamChange change) {
        boolean otherCurrency = Edits.differs(team.currency(), change.currency());
        if (otherCurrency || Edits.differs(team.billingMode(), change.billingMode())
                || Edits.differs(team.creditLimit(), change.creditLimit())) {
            caller.requireOperator();
        }
        return otherCurrency ? requireUnbilled(team) : Uni.createFrom().voidItem();
    }

    /** Judged by what the team would be: so no order of changes leads to a prepaid team that may owe something. */
    private static void requireFit(Team team, TeamChange change) {
        requireFit(change.billingMode().orElse(team.billingMode()), change.creditLimit().orElse(team.creditLimit()),
                change.creditLimit().isPresent() ? "credit_limit" : "billing_mode");
    }

    private static void requireFit(BillingMode mode, CreditLimit limit, String changed) {
        if (mode == BillingMode.PREPAID && limit.isSet()) {
            throw DomainError.invalidField(changed, "a prepaid team has no credit limit. Set billing_mode to postpaid, or "
                    + "credit_limit to null");
        }
    }

    private Uni<Void> requireUnbilled(Team team) {
        return teams.isUnbilled(team.id()).invoke(unbilled -> {
            if (!unbilled) {
                throw DomainError.conflict("This team has usage, credit or a balance in " + team.currency()
                        + ". Make a new team for another currency.");
            }
        }).replaceWithVoid();
    }

    private Uni<Void> apply(Team team, TeamChange change) {
        Edits changes = new Edits();
        changes.make("name", team.name(), change.name(), team::rename);
        changes.make("currency", team.currency(), change.currency(), team::billIn);
        changes.make("billing_mode", team.billingMode(), change.billingMode(), team::bill);
        changes.make("credit_limit", team.creditLimit(), change.creditLimit(), team::limitCredit);
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : teams.write().chain(() -> log(team, "team.updated", changes.asMap()));
    }

    /** A deleted team's keys are keys of nothing, and its users are in it no longer. */
    @WithTransaction
    Uni<Void> delete(Caller caller, UUID id) {
        caller.requireOperator();
        return teams.requireHeld(id)
                .invoke(team -> team.delete(now()))
                .chain(team -> log(team, "team.deleted", Map.of("name", team.name())));
    }

    @WithTransaction
    Uni<Team> suspend(Caller caller, UUID id) {
        return become(caller, id, TeamStatus.SUSPENDED, "team.suspended");
    }

    @WithTransaction
    Uni<Team> unsuspend(Caller caller, UUID id) {
        return become(caller, id, TeamStatus.ACTIVE, "team.unsuspended");
    }

    private Uni<Team> become(Caller caller, UUID id, TeamStatus status, String action) {
        caller.requireOperator();
        return teams.requireHeld(id).call(team -> {
            if (team.status() == status) {
                return Uni.createFrom().voidItem();
            }
            team.become(status);
            return log(team, action, Map.of("name", team.name()))
                    .chain(() -> status == TeamStatus.SUSPENDED ? tellWebhooks(team) : Uni.createFrom().voidItem());
        });
    }

    private Uni<Void> tellWebhooks(Team team) {
        return teams.sql().chain(sql -> outbox.append(sql, team.id(), WebhookType.TEAM_SUSPENDED,
                Map.of("team_id", team.id(), "name", team.name())));
    }

    private Uni<Void> log(Team team, String action, Map<String, ?> changes) {
        return teams.sql()
                .chain(sql -> audit.append(sql, new AuditEvent(team.id(), action, "team", team.id().toString(), changes)));
    }

    private static String checked(String currency) {
        try {
            return CurrencyInfo.of(currency).code();
        } catch (InvalidCurrencyException unknown) {
            throw DomainError.invalidField("currency", "must be the ISO 4217 code of a currency, such as EUR or USD");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
