package dev.tollkeeper.money;

/** Text from outside is not a currency one can bill in. The message is a sentence for the person who sent it. */
public final class InvalidCurrencyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidCurrencyException() {
        super("Must be the ISO 4217 code of a currency, such as EUR or USD.");
    }
}
