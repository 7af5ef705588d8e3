package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.money.Decimals;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What meters cost. */
@Path("api/prices")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class PriceResource {
    private static final int CREATED = 201;

    private final PriceService prices;
    private final CurrentCaller caller;

    PriceResource(PriceService prices, CurrentCaller caller) {
        this.prices = prices;
        this.caller = caller;
    }

    /** A price; {@code package} and {@code tiers} are of other types than {@code per_unit}. */
    @Schema(name = "Price")
    record PriceAnswer(UUID id, String meter, String model, UUID teamId, @Schema(enumeration = {
            "per_unit", "package", "graduated", "volume"}) String type, String unitPrice,
            @JsonProperty("package") PackageTerms packageTerms, List<TierTerms> tiers, String currency, Instant effectiveFrom,
            Instant createdAt){
        static PriceAnswer of(Price price) {
            TariffTerms tariff = TariffTerms.of(price.tariff());
            return new PriceAnswer(price.id(), price.meter(), price.model(), price.teamId(), tariff.type(),
                    tariff.unitPrice() == null ? null : Decimals.quantity(tariff.unitPrice()),
                    PackageTerms.of(tariff), TierTerms.of(tariff), price.currency(),
                    price.effectiveFrom(), price.createdAt());
        }
    }

    /** What a package holds and costs. */
    @Schema(name = "PackageTerms")
    record PackageTerms(DecimalText size, DecimalText price) {
        static PackageTerms of(TariffTerms tariff) {
            return tariff.packageSize() == null
                    ? null
                    : new PackageTerms(decimal(tariff.packageSize()), decimal(tariff.packagePrice()));
        }
    }

    /** A tier: where it ends, null for never, and what a unit costs in it. */
    @Schema(name = "TierTerms")
    record TierTerms(DecimalText upTo, DecimalText unitPrice) {
        static List<TierTerms> of(TariffTerms tariff) {
            return tariff.tiers() == null ? null : tariff.tiers().stream().map(TierTerms::of).toList();
        }

        private static TierTerms of(Tier tier) {
            return new TierTerms(tier.upTo() == null ? null : decimal(tier.upTo()), decimal(tier.unitPrice()));
        }
    }

    private static DecimalText decimal(BigDecimal value) {
        return new DecimalText(Decimals.quantity(value));
    }

    /** A page of prices. */
    @Schema(name = "Prices")
    record PriceList(List<PriceAnswer> prices, String nextCursor) {
    }

    @POST
    @Requires(value = Scope.BILLING_WRITE, operator = true)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new price")
    @Operation(operationId = "createPrice", summary = "Set a price", description = "For the operator. A price is never edited: "
            + "one with a later `effective_from` takes over, for usage that comes in from now on.")
    public Uni<PriceAnswer> create(@HeaderParam("Idempotency-Key") String idempotencyKey, @NotNull @Valid PriceBody body) {
        return prices.create(caller.get(), idempotencyKey, body.price())
                .map(created -> PriceAnswer.of(created.price()));
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "listPrices", summary = "List prices", description = "The general ones and the caller's team's own; "
            + "the operator sees all.")
    public Uni<PriceList> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return prices.list(caller.get(), PageRequest.of(limit, cursor))
                .map(found -> found.map(PriceAnswer::of))
                .map((Page<PriceAnswer> page) -> new PriceList(page.items(), page.nextCursor()));
    }
}
