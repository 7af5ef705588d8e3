package dev.tollkeeper.billing.pricing;

import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.tollkeeper.billing.Meters;
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.StorableText;
import dev.tollkeeper.http.TimeText;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.CurrencyInfo;
import dev.tollkeeper.money.InvalidCurrencyException;

/**
 * A price to make.
 *
 * @param model the model it is for, null for any
 * @param teamId the team it is for, null for any
 * @param effectiveFrom from when it is in force; a time gone by prices what comes in from now on
 */
@Schema(name = "PriceRequest")
record PriceBody(
        @NotNull @Pattern(regexp = Meters.PATTERN, message = Meters.MESSAGE) String meter,
        @Size(min = 1, max = 200) String model,
        String teamId,
        @NotNull String type,
        DecimalText unitPrice,
        @JsonProperty("package") PriceResource.PackageTerms packageTerms,
        List<PriceResource.TierTerms> tiers,
        @NotNull String currency,
        @NotNull @Schema(format = "date-time") String effectiveFrom) {

    NewPrice price() {
        if (Meters.RESERVATION.equals(meter)) {
            throw DomainError.invalidField("meter", "is that of reservations, whose price is 1 a unit");
        }
        return new NewPrice(meter, StorableText.inField(model, "model"), teamId == null ? null : Ids.inField(teamId, "team_id"),
                new TariffReader(type, unitPrice, packageTerms, tiers).read(), currencyCode(),
                TimeText.inField(effectiveFrom, "effective_from"));
    }

    private String currencyCode() {
        try {
            return CurrencyInfo.of(currency).code();
        } catch (InvalidCurrencyException unknown) {
            throw DomainError.invalidField("currency", "must be the ISO 4217 code of a currency, such as EUR or USD");
        }
    }
}
