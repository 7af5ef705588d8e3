package dev.tollkeeper.billing.budget;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectAccess;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;

/** What is done with budgets. Whoever changes one holds the lock on the team's balance, as those do who count. */
@Singleton
class BudgetService {
    /** The most budgets of a project. */
    static final int MOST_BUDGETS = 100;

    private final Transactions database;
    private final ProjectAccess projects;
    private final Ledger ledger;
    private final BudgetRepository budgets;
    private final WindowRepository windows;
    private final BudgetCounter counter;
    private final BudgetStates states;
    private final BudgetAudit audit;
    private final Clock clock;

    BudgetService(Transactions database, ProjectAccess projects, Ledger ledger, BudgetRepository budgets,
            WindowRepository windows, BudgetCounter counter, BudgetStates states, BudgetAudit audit, Clock clock) {
        this.database = database;
        this.projects = projects;
        this.ledger = ledger;
        this.budgets = budgets;
        this.windows = windows;
        this.counter = counter;
        this.states = states;
        this.audit = audit;
        this.clock = clock;
    }

    /** A page of a project's budgets. */
    Uni<Page<BudgetState>> list(Caller caller, String projectId, PageRequest page) {
        return projects.require(caller, projectId)
                .chain(project -> budgets.list(database.single(), project, page)
                        .map(found -> Page.of(found, page, Budget::id))
                        .chain(found -> states.of(project.teamId(), found.items())
                                .map(all -> new Page<>(all, found.nextCursor()))));
    }

    /** One budget. */
    Uni<BudgetState> get(Caller caller, String projectId, UUID id) {
        return projects.require(caller, projectId)
                .chain(project -> require(database.single(), project, id)
                        .chain(budget -> states.of(project.teamId(), List.of(budget))))
                .map(all -> all.get(0));
    }

    /** Makes a budget. What was spent before in its window counts. */
    Uni<BudgetState> create(Caller caller, String projectId, BudgetTerms terms) {
        return administered(caller, projectId)
                .chain(project -> database.run(sql -> ledger.lock(sql, project.teamId())
                        .chain(account -> create(sql, project, terms, account.currency()))));
    }

    private Uni<BudgetState> create(Sql sql, ProjectRef project, BudgetTerms terms, String currency) {
        Instant now = now();
        var budget = new Budget(project.teamId(), Ids.next(), project.projectId(), terms, currency, now, now);
        return requireSubject(sql, project, terms)
                .chain(() -> requireRoom(sql, project))
                .chain(() -> budgets.insert(sql, budget))
                .chain(() -> counter.recount(sql, budget, now))
                .chain(() -> audit.tell(sql, "created", budget))
                .chain(() -> states.read(sql, budget, now));
    }

    /** Edits a budget. Where that changes what is counted, everything is counted anew. */
    Uni<BudgetState> update(Caller caller, String projectId, UUID id, UnaryOperator<BudgetTerms> change) {
        return administered(caller, projectId)
                .chain(project -> database.run(sql -> ledger.lock(sql, project.teamId())
                        .chain(() -> require(sql, project, id))
                        .chain(budget -> update(sql, project, budget, budget.with(change.apply(budget.terms()), now())))));
    }

    private Uni<BudgetState> update(Sql sql, ProjectRef project, Budget before, Budget after) {
        Instant now = after.updatedAt();
        if (after.terms().equals(before.terms())) {
            return counter.recount(sql, before, now).chain(() -> states.read(sql, before, now));
        }
        Uni<Void> ready = after.terms().countsLike(before.terms())
                ? Uni.createFrom().voidItem()
                : requireSubject(sql, project, after.terms()).chain(() -> windows.forget(sql, after));
        return ready.chain(() -> budgets.update(sql, after))
                .chain(() -> counter.recount(sql, after, now))
                .chain(() -> audit.updated(sql, before, after))
                .chain(() -> states.read(sql, after, now));
    }

    /** Deletes a budget. */
    Uni<Void> delete(Caller caller, String projectId, UUID id) {
        return administered(caller, projectId)
                .chain(project -> database.run(sql -> ledger.lock(sql, project.teamId())
                        .chain(() -> require(sql, project, id))
                        .chain(budget -> budgets.delete(sql, budget).chain(() -> audit.tell(sql, "deleted", budget)))));
    }

    private Uni<ProjectRef> administered(Caller caller, String projectId) {
        return projects.require(caller, projectId).invoke(project -> {
            if (project.role() != Role.ADMIN) {
                throw Caller.adminRequired();
            }
        });
    }

    private Uni<Budget> require(Sql sql, ProjectRef project, UUID id) {
        return budgets.find(sql, project, id)
                .map(found -> found.orElseThrow(() -> DomainError.notFound("Budget")));
    }

    /** Under the lock no budget is made of a key that is being deleted: a key's deletion takes the lock to delete its budgets. */
    private Uni<Void> requireSubject(Sql sql, ProjectRef project, BudgetTerms terms) {
        Uni<Boolean> found = switch (terms.scope()) {
            case KEY -> budgets.hasKey(sql, project, terms.keyId());
            case USER -> budgets.hasUser(sql, project, terms.userId());
            case PROJECT, EACH_KEY, EACH_USER -> Uni.createFrom().item(true);
        };
        return found.invoke(there -> {
            if (!there) {
                throw DomainError.notFound(terms.scope() == BudgetScope.KEY ? "API key" : "User");
            }
        }).replaceWithVoid();
    }

    private Uni<Void> requireRoom(Sql sql, ProjectRef project) {
        return budgets.count(sql, project).invoke(count -> {
            if (count >= MOST_BUDGETS) {
                throw DomainError.conflict("This project has " + MOST_BUDGETS + " budgets, the most a project may have. Delete "
                        + "one that is not needed.");
            }
        }).replaceWithVoid();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
