package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import dev.tollkeeper.billing.pricing.PriceResource.PackageTerms;
import dev.tollkeeper.billing.pricing.PriceResource.TierTerms;
import dev.tollkeeper.http.DecimalText;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;

/** Reads what a request says of a tariff: what its type needs has to be there, and nothing else may be. */
record TariffReader(String type, DecimalText unitPrice, PackageTerms packageTerms, List<TierTerms> tiers) {
    private static final String UNIT_PRICE = "unit_price";
    private static final String PACKAGE = "package";
    private static final String TIERS = "tiers";

    /**
     * The tariff.
     *
     * @throws DomainError naming the field that cannot be taken
     */
    TariffTerms read() {
        return switch (type) {
            case TariffTerms.PER_UNIT -> {
                refuse(packageTerms, PACKAGE);
                refuse(tiers, TIERS);
                yield new TariffTerms(type, price(unitPrice, UNIT_PRICE), null, null, null);
            }
            case TariffTerms.PACKAGE -> {
                refuse(unitPrice, UNIT_PRICE);
                refuse(tiers, TIERS);
                require(packageTerms, PACKAGE);
                yield checked(PACKAGE, new TariffTerms(type, null, quantity(packageTerms.size(), "package.size"),
                        price(packageTerms.price(), "package.price"), null));
            }
            case TariffTerms.GRADUATED, TariffTerms.VOLUME -> {
                refuse(unitPrice, UNIT_PRICE);
                refuse(packageTerms, PACKAGE);
                require(tiers, TIERS);
                yield checked(TIERS, new TariffTerms(type, null, null, null, readTiers()));
            }
            default -> throw DomainError.invalidField("type", "must be per_unit, package, graduated or volume");
        };
    }

    private void refuse(Object terms, String field) {
        if (terms != null) {
            throw DomainError.invalidField(field, "is not part of a price of the type " + type + ". Leave it out");
        }
    }

    private void require(Object terms, String field) {
        if (terms == null) {
            throw DomainError.invalidField(field, "must be given for a price of the type " + type);
        }
    }

    private BigDecimal price(DecimalText text, String field) {
        require(text, field);
        return text.read(DecimalRule.UNIT_PRICE, field);
    }

    private BigDecimal quantity(DecimalText text, String field) {
        require(text, field);
        return text.read(DecimalRule.QUANTITY, field);
    }

    private List<Tier> readTiers() {
        List<Tier> read = new ArrayList<>();
        for (TierTerms tier : tiers) {
            String field = TIERS + '[' + read.size() + ']';
            require(tier, field);
            BigDecimal upTo = tier.upTo() == null ? null : quantity(tier.upTo(), field + ".up_to");
            BigDecimal price = price(tier.unitPrice(), field + '.' + UNIT_PRICE);
            read.add(tier(field, upTo, price));
        }
        return read;
    }

    private static Tier tier(String field, BigDecimal upTo, BigDecimal unitPrice) {
        try {
            return new Tier(upTo, unitPrice);
        } catch (InvalidTariffException unacceptable) {
            throw DomainError.invalidField(field, unacceptable.getMessage());
        }
    }

    /** The terms, once it is known that a tariff can be made of them. */
    private static TariffTerms checked(String field, TariffTerms terms) {
        try {
            return TariffTerms.of(terms.tariff());
        } catch (InvalidTariffException unacceptable) {
            throw DomainError.invalidField(field, unacceptable.getMessage());
        }
    }
}
