package dev.tollkeeper.money;

import java.math.BigDecimal;

/**
 * An exact amount in one currency. It never rounds, and two amounts are equal when their values are: {@code 1.5 EUR} and
 * {@code 1.50 EUR}.
 *
 * @param amount in whole units of the currency (euros, not cents), of either sign; kept in its
 *        {@linkplain Decimals#canonical canonical} form
 * @param currency the ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) {

    /**
     * @throws InvalidCurrencyException when the currency is not one to bill in
     * @throws IllegalArgumentException when the amount has more digits than {@link Decimals#canonical} allows
     */
    public Money {
        currency = CurrencyInfo.of(currency).code();
        amount = Decimals.canonical(amount);
    }

    /**
     * Nothing, in the given currency.
     *
     * @throws InvalidCurrencyException when the currency is not one to bill in
     */
    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException when the other amount is in another currency
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException when the other amount is in another currency
     */
    public Money minus(Money other) {
        return plus(other.negate());
    }

    /** The same amount with the other sign. */
    public Money negate() {
        return new Money(amount.negate(), currency);
    }

    /** Whether this is nothing at all. */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** The amount as text, without the currency; see {@link Decimals#money}. */
    public String format() {
        return Decimals.money(amount);
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "Amounts in " + currency + " and " + other.currency + " cannot be added or subtracted.");
        }
    }
}
