package dev.tollkeeper.billing.budget;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;
import dev.tollkeeper.time.InvalidZoneException;
import dev.tollkeeper.time.ZoneIds;

/** Reads the fields of budgets, or says what is wrong with one. */
final class BudgetFields {
    private static final int MOST_THRESHOLDS = 10;
    private static final DecimalRule FRACTION = new DecimalRule(1, 6, false);
    private static final DecimalRule LIMIT = DecimalRule.AMOUNT.notNegative();

    private BudgetFields() {
    }

    static ZoneId zone(String name) {
        try {
            return ZoneIds.parse(name);
        } catch (InvalidZoneException unknown) {
            throw DomainError.invalidField("timezone", "must be an IANA name such as Europe/Vienna or UTC");
        }
    }

    /** Fractions of the limit, each greater than the one before. */
    static List<BigDecimal> thresholds(List<DecimalText> sent) {
        if (sent.size() > MOST_THRESHOLDS) {
            throw DomainError.invalidField("thresholds", "must be at most " + MOST_THRESHOLDS + " fractions");
        }
        List<BigDecimal> thresholds = new ArrayList<>();
        BigDecimal before = BigDecimal.ZERO;
        for (DecimalText each : sent) {
            BigDecimal threshold = each == null ? BigDecimal.ZERO : each.read(FRACTION, "thresholds");
            if (threshold.compareTo(before) <= 0 || threshold.compareTo(BigDecimal.ONE) > 0) {
                throw DomainError.invalidField("thresholds",
                        "must be fractions of the limit, above 0, at most 1, and each greater than the one before");
            }
            thresholds.add(threshold);
            before = threshold;
        }
        return thresholds;
    }

    static BigDecimal limit(DecimalText sent) {
        BigDecimal limit = sent.read(LIMIT, "hard_limit");
        if (limit.signum() == 0) {
            throw DomainError.invalidField("hard_limit", "must be greater than 0");
        }
        return limit;
    }
}
