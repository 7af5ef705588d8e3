package dev.tollkeeper.billing.reservation;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.billing.ReporterAccess;
import dev.tollkeeper.billing.budget.BudgetCounter;
import dev.tollkeeper.billing.budget.BudgetRoom;
import dev.tollkeeper.billing.budget.Spender;
import dev.tollkeeper.billing.ledger.Ledger;
import dev.tollkeeper.billing.ledger.LockedAccount;
import dev.tollkeeper.billing.usage.SettledUsage;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.idempotency.Idempotency;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;

/** Holds money for use to come, and books or frees it. */
@Singleton
class ReservationService {
    private static final String PATH = "/api/usage/reservations";

    private final Transactions database;
    private final ReporterAccess reporters;
    private final Ledger ledger;
    private final ReservationRepository reservations;
    private final BudgetRoom room;
    private final BudgetCounter budgets;
    private final SettledUsage usage;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Clock clock;

    ReservationService(Transactions database, ReporterAccess reporters, Ledger ledger, ReservationRepository reservations,
            BudgetRoom room, BudgetCounter budgets, SettledUsage usage, Idempotency idempotency, AuditTrail audit,
            Clock clock) {
        this.database = database;
        this.reporters = reporters;
        this.ledger = ledger;
        this.reservations = reservations;
        this.room = room;
        this.budgets = budgets;
        this.usage = usage;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /** Holds an amount, once for one {@code Idempotency-Key}; refused where there is not as much left. */
    Uni<Reservation> reserve(Caller caller, String projectId, String idempotencyKey, NewReservation wanted) {
        return reporters.require(caller, projectId)
                .chain(project -> once(caller, project, idempotencyKey, "POST " + PATH, wanted,
                        sql -> ledger.lock(sql, project.teamId()).chain(account -> reserve(sql, account, wanted))));
    }

    private Uni<Reservation> reserve(Sql sql, LockedAccount account, NewReservation wanted) {
        Instant now = now();
        return key(sql, account.teamId(), wanted.keyId())
                .map(spender -> new Reservation(account.teamId(), Ids.next(), spender, wanted.amount(), account.currency(),
                        ReservationStatus.OPEN, null, now, now.plus(wanted.lifetime())))
                .call(reservation -> ledger.requireAvailable(sql, account, reservation.amount()))
                .call(reservation -> room.require(sql, account.teamId(), reservation.spender(), reservation.amount(), now,
                        reservation.expiresAt()))
                .call(reservation -> reservations.insert(sql, reservation))
                .call(reservation -> budgets.recount(sql, account.teamId(), reservation.spender(), now))
                .call(reservation -> tell(sql, "created", reservation, reservation.amount()));
    }

    private Uni<Spender> key(Sql sql, UUID teamId, UUID keyId) {
        return reservations.key(sql, teamId, keyId).map(found -> {
            var key = found.orElseThrow(() -> DomainError.notFound("API key"));
            if (key.revoked()) {
                throw DomainError.conflict("This API key was revoked, for good. Nothing can be reserved for it.");
            }
            return key.spender();
        });
    }

    /** A reservation as it stands at this moment. */
    Uni<Reservation> get(Caller caller, String projectId, UUID id) {
        return reporters.require(caller, projectId).chain(project -> find(database.single(), project.teamId(), id));
    }

    private Uni<Reservation> find(Sql sql, UUID teamId, UUID id) {
        return reservations.find(sql, teamId, id)
                .map(found -> found.orElseThrow(() -> DomainError.notFound("Reservation")).at(now()));
    }

    /** Books what was used of a reservation, and frees the rest. */
    Uni<Reservation> settle(Caller caller, String projectId, String idempotencyKey, UUID id, BigDecimal amount) {
        return reporters.require(caller, projectId)
                .call(() -> usage.prepare(now()))
                .chain(project -> once(caller, project, idempotencyKey, "POST " + PATH + "/" + id + "/settle",
                        Decimals.quantity(amount),
                        sql -> ledger.lock(sql, project.teamId())
                                .chain(account -> settle(sql, account, id, amount))));
    }

    private Uni<Reservation> settle(Sql sql, LockedAccount account, UUID id, BigDecimal amount) {
        Instant now = now();
        return find(sql, account.teamId(), id)
                .invoke(open -> requireCovered(open, amount))
                .map(open -> open.ended(ReservationStatus.SETTLED, amount))
                .call(settled -> end(sql, settled, now))
                .call(settled -> amount.signum() == 0
                        ? budgets.recount(sql, account.teamId(), settled.spender(), now)
                        : usage.book(sql, account, settled.spender(), id, amount, now))
                .call(settled -> tell(sql, "settled", settled, amount));
    }

    private static void requireCovered(Reservation open, BigDecimal amount) {
        if (open.status() == ReservationStatus.OPEN && amount.compareTo(open.amount()) > 0) {
            throw DomainError.invalidField("amount", "must be at most what is reserved, " + Decimals.money(open.amount()));
        }
    }

    /** Frees a reservation of which nothing was used. */
    Uni<Reservation> release(Caller caller, String projectId, String idempotencyKey, UUID id) {
        return reporters.require(caller, projectId)
                .chain(project -> once(caller, project, idempotencyKey, "DELETE " + PATH + "/" + id,
                        "", sql -> ledger.lock(sql, project.teamId()).chain(account -> release(sql, account.teamId(), id))));
    }

    private Uni<Reservation> release(Sql sql, UUID teamId, UUID id) {
        Instant now = now();
        return find(sql, teamId, id)
                .map(open -> open.status() == ReservationStatus.OPEN ? open.ended(ReservationStatus.RELEASED, null) : open)
                .call(released -> end(sql, released, now))
                .call(released -> budgets.recount(sql, teamId, released.spender(), now))
                .call(released -> tell(sql, "released", released, released.amount()));
    }

    private Uni<Void> end(Sql sql, Reservation ended, Instant now) {
        return reservations.end(sql, ended, now).invoke(wasOpen -> {
            if (!wasOpen) {
                throw DomainError.conflict("This reservation has ended: it was settled or released, or its time was over. "
                        + "GET it to see how; make a new one for new use.");
            }
        }).replaceWithVoid();
    }

    private Uni<Reservation> once(Caller caller, ProjectRef project, String idempotencyKey, String call, Object body,
            Function<Sql, Uni<Reservation>> work) {
        var once = new IdempotencyKey(idempotencyKey, project.teamId(), caller.callerId(), call, body);
        return database.run(sql -> idempotency.once(sql, once, Reservation.class, () -> work.apply(sql)));
    }

    /** Who may report usage may also hold money for it: a key has the scope, which the access check has seen to; a user is an admin. */
    private Uni<Void> tell(Sql sql, String done, Reservation reservation, BigDecimal amount) {
        return audit.append(sql, new AuditEvent(reservation.teamId(), "reservation." + done, "reservation",
                reservation.id().toString(),
                Map.of("key_id", reservation.spender().keyId(), "amount", Decimals.money(amount))));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
