package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** What every tariff asks of its parts. */
final class Require {
    private static final int MAX_TIERS = 50;

    private Require() {
    }

    static BigDecimal quantity(BigDecimal quantity) {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("A cumulative quantity must not be negative.");
        }
        return quantity;
    }

    static void price(BigDecimal price, String what) {
        if (price == null || price.signum() < 0) {
            throw new InvalidTariffException(what + " must be given and must not be negative.");
        }
    }

    static List<Tier> tiers(List<Tier> tiers) {
        if (tiers == null || tiers.isEmpty() || tiers.size() > MAX_TIERS || tiers.stream().anyMatch(Objects::isNull)) {
            throw new InvalidTariffException("A tiered price must have 1 to " + MAX_TIERS + " tiers.");
        }
        if (tiers.get(tiers.size() - 1).upTo() != null) {
            throw new InvalidTariffException("The last tier must have no end: its up_to must be null.");
        }
        BigDecimal reached = BigDecimal.ZERO;
        for (Tier tier : tiers.subList(0, tiers.size() - 1)) {
            if (tier.upTo() == null || tier.upTo().compareTo(reached) <= 0) {
                throw new InvalidTariffException(
                        "Every tier but the last must end (up_to) at a quantity greater than the tier before it.");
            }
            reached = tier.upTo();
        }
        return List.copyOf(tiers);
    }
}
