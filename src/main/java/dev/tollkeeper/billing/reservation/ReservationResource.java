package dev.tollkeeper.billing.reservation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;
import dev.tollkeeper.money.Decimals;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Reservations: money that is held for use to come. */
@Path("api/usage/reservations")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Usage")
class ReservationResource {
    private static final int CREATED = 201;
    private static final int DEFAULT_SECONDS = 300;
    private static final int MOST_SECONDS = 86_400;
    private static final String WHAT = "Reservation";
    private static final DecimalRule AMOUNT = DecimalRule.AMOUNT.notNegative();

    private final ReservationService reservations;
    private final CurrentCaller caller;

    ReservationResource(ReservationService reservations, CurrentCaller caller) {
        this.reservations = reservations;
        this.caller = caller;
    }

    /**
     * An amount to hold.
     *
     * @param keyId the key whose use it is for
     * @param expiresInSeconds 300 where it is not given
     */
    @Schema(name = "NewReservation")
    record ReservationBody(@NotNull String keyId, @NotNull DecimalText amount,
            @Min(1) @Max(MOST_SECONDS) Integer expiresInSeconds) {
        NewReservation reservation() {
            BigDecimal value = amount.read(AMOUNT, "amount");
            if (value.signum() == 0) {
                throw DomainError.invalidField("amount", "must be greater than 0");
            }
            return new NewReservation(Ids.inPath(keyId, "API key"), value,
                    Duration.ofSeconds(expiresInSeconds == null ? DEFAULT_SECONDS : expiresInSeconds));
        }
    }

    /**
     * What was used of a reservation.
     *
     * @param amount at most what is reserved; 0 where nothing was used
     */
    @Schema(name = "Settlement")
    record SettlementBody(@NotNull DecimalText amount) {
    }

    /**
     * A reservation.
     *
     * @param status {@code open}, {@code settled}, {@code released} or {@code expired}
     * @param settledAmount what was booked, null unless it was settled
     */
    @Schema(name = WHAT)
    record ReservationAnswer(UUID id, UUID keyId, String amount, String currency, String status, String settledAmount,
            Instant expiresAt, Instant createdAt) {
        static ReservationAnswer of(Reservation reservation) {
            BigDecimal settled = reservation.settledAmount();
            return new ReservationAnswer(reservation.id(), reservation.spender().keyId(), Decimals.money(reservation.amount()),
                    reservation.currency(), reservation.status().word(), settled == null ? null : Decimals.money(settled),
                    reservation.expiresAt(), reservation.createdAt());
        }
    }

    @POST
    @Requires(Scope.USAGE_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The amount is held")
    @Operation(operationId = "reserve", summary = "Reserve an amount", description = "Holds an amount of the team's money for use of a "
            + "key. 402 `insufficient_balance` or `budget_exhausted` where less is left of the balance, the credit limit or a budget. Report "
            + "the cost by settling, not by usage events too.")
    public Uni<ReservationAnswer> reserve(@QueryParam("project_id") String projectId,
            @HeaderParam("Idempotency-Key") String idempotencyKey, @NotNull @Valid ReservationBody body) {
        return reservations.reserve(caller.get(), projectId, idempotencyKey, body.reservation()).map(ReservationAnswer::of);
    }

    @GET
    @Path("{id}")
    @Requires(Scope.USAGE_WRITE)
    @Operation(operationId = "getReservation", summary = "Get a reservation")
    public Uni<ReservationAnswer> get(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        return reservations.get(caller.get(), projectId, Ids.inPath(id, WHAT)).map(ReservationAnswer::of);
    }

    @POST
    @Path("{id}/settle")
    @Requires(Scope.USAGE_WRITE)
    @Operation(operationId = "settleReservation", summary = "Settle a reservation", description = "Books what was used as one usage event, "
            + "and frees the rest. 409 `state_conflict` where the reservation has ended.")
    public Uni<ReservationAnswer> settle(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @HeaderParam("Idempotency-Key") String idempotencyKey, @NotNull @Valid SettlementBody body) {
        return reservations.settle(caller.get(), projectId, idempotencyKey, Ids.inPath(id, WHAT),
                body.amount().read(AMOUNT, "amount")).map(ReservationAnswer::of);
    }

    @DELETE
    @Path("{id}")
    @Requires(Scope.USAGE_WRITE)
    @Operation(operationId = "releaseReservation", summary = "Release a reservation", description = "Frees it whole. 409 `state_conflict` "
            + "where it has ended.")
    public Uni<ReservationAnswer> release(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @HeaderParam("Idempotency-Key") String idempotencyKey) {
        return reservations.release(caller.get(), projectId, idempotencyKey, Ids.inPath(id, WHAT)).map(ReservationAnswer::of);
    }
}
