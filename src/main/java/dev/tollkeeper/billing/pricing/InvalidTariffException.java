package dev.tollkeeper.billing.pricing;

/** The parts of a price list make no tariff. The message is a sentence for the person who sent them. */
public final class InvalidTariffException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTariffException(String sentence) {
        super(sentence);
    }
}
