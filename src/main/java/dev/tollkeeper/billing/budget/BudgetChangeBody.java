package dev.tollkeeper.billing.budget;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.Sent;
import dev.tollkeeper.team.Names;
import dev.tollkeeper.time.ZoneIds;

/** What is to change of a budget: what is left out stays as it is, and null clears. */
@Schema(name = "BudgetChange")
record BudgetChangeBody(
        Optional<@Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String> name,
        Optional<String> scope, Optional<String> keyId, Optional<String> userId, Optional<String> period,
        Optional<String> timezone, Optional<List<DecimalText>> thresholds, Optional<DecimalText> hardLimit,
        Optional<Boolean> enforced) {
    /** The terms after the change. */
    BudgetTerms applyTo(BudgetTerms terms) {
        return new BudgetTerms(
                name == null ? terms.name() : name.orElse(null),
                Sent.value(scope, "scope").map(BudgetScope::inField).orElse(terms.scope()),
                id(keyId, "API key", terms.keyId()), id(userId, "User", terms.userId()),
                Sent.value(period, "period").map(BudgetPeriod::inField).orElse(terms.period()),
                cleared(timezone, BudgetFields::zone, ZoneIds.UTC, terms.zone()),
                cleared(thresholds, BudgetFields::thresholds, List.of(), terms.thresholds()),
                Sent.value(hardLimit, "hard_limit").map(BudgetFields::limit).orElse(terms.hardLimit()),
                cleared(enforced, Function.identity(), true, terms.enforced()));
    }

    private static UUID id(Optional<String> sent, String what, UUID present) {
        return sent == null ? present : sent.map(text -> Ids.inPath(text, what)).orElse(null);
    }

    private static <S, T> T cleared(Optional<S> sent, Function<S, T> read, T whenCleared, T present) {
        return sent == null ? present : sent.map(read).orElse(whenCleared);
    }
}
