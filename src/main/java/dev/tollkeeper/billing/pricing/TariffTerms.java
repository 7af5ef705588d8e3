package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.List;

/**
 * A tariff written down: as it is stored, sent again and audited. What does not belong to its type is null.
 *
 * @param type {@code per_unit}, {@code package}, {@code graduated} or {@code volume}
 * @param unitPrice of {@code per_unit}
 * @param packageSize the units in a package
 * @param packagePrice of one package
 * @param tiers of {@code graduated} and {@code volume}
 */
record TariffTerms(String type, BigDecimal unitPrice, BigDecimal packageSize, BigDecimal packagePrice, List<Tier> tiers) {
    static final String PER_UNIT = "per_unit";
    static final String PACKAGE = "package";
    static final String GRADUATED = "graduated";
    static final String VOLUME = "volume";

    static TariffTerms of(Tariff tariff) {
        if (tariff instanceof PerUnit unit) {
            return new TariffTerms(PER_UNIT, unit.unitPrice(), null, null, null);
        }
        if (tariff instanceof PackageTariff packages) {
            return new TariffTerms(PACKAGE, null, packages.size(), packages.price(), null);
        }
        return tariff instanceof Graduated graduated
                ? new TariffTerms(GRADUATED, null, null, null, graduated.tiers())
                : new TariffTerms(VOLUME, null, null, null, ((Volume) tariff).tiers());
    }

    /**
     * The tariff that is written down.
     *
     * @throws InvalidTariffException when something is missing or cannot be
     */
    Tariff tariff() {
        return switch (type) {
            case PER_UNIT -> new PerUnit(unitPrice);
            case PACKAGE -> new PackageTariff(packageSize, packagePrice);
            case GRADUATED -> new Graduated(tiers);
            case VOLUME -> new Volume(tiers);
            default -> throw new InvalidTariffException("There is no type of price called " + type + ".");
        };
    }
}
