package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Sold in packages; one that was begun is paid in full.
 *
 * @param size the units in a package, above 0
 * @param price of one package, 0 or more
 */
public record PackageTariff(BigDecimal size, BigDecimal price) implements Tariff {

    /** @throws InvalidTariffException when the size is missing or not above 0, or the price is missing or negative */
    public PackageTariff {
        if (size == null || size.signum() <= 0) {
            throw new InvalidTariffException("The package size must be greater than 0.");
        }
        Require.price(price, "The package price");
    }

    @Override
    public BigDecimal cost(BigDecimal cumulativeQuantity) {
        return Require.quantity(cumulativeQuantity).divide(size, 0, RoundingMode.CEILING).multiply(price);
    }
}
