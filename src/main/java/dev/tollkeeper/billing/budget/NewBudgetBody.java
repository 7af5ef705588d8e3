package dev.tollkeeper.billing.budget;

import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.team.Names;
import dev.tollkeeper.time.ZoneIds;

/**
 * A budget to make.
 *
 * @param scope {@code project}, {@code key}, {@code each_key}, {@code user} or {@code each_user}
 * @param keyId the key, for the scope {@code key}
 * @param userId the user, for the scope {@code user}
 * @param period {@code daily}, {@code weekly} (from Monday), {@code monthly} or {@code total}
 * @param timezone an IANA name; UTC where it is not given
 * @param thresholds fractions of the limit that are told when they are reached, ascending
 * @param enforced whether keys are refused once the limit is reached, rather than only told of; true where it is not given
 */
@Schema(name = "NewBudget")
record NewBudgetBody(
        @Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String name,
        @NotNull String scope, String keyId, String userId, @NotNull String period, String timezone,
        List<DecimalText> thresholds, @NotNull DecimalText hardLimit, Boolean enforced) {
    BudgetTerms terms() {
        return new BudgetTerms(name, BudgetScope.inField(scope), keyId == null ? null : Ids.inPath(keyId, "API key"),
                userId == null ? null : Ids.inPath(userId, "User"), BudgetPeriod.inField(period),
                timezone == null ? ZoneIds.UTC : BudgetFields.zone(timezone),
                thresholds == null ? List.of() : BudgetFields.thresholds(thresholds), BudgetFields.limit(hardLimit),
                enforced == null || enforced);
    }
}
