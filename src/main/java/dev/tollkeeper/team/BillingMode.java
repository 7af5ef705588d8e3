package dev.tollkeeper.team;

import java.util.Locale;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Whether a team pays before it uses, or after. */
enum BillingMode {
    /** Refused when its balance is used up. */
    PREPAID,
    /** Billed for what it used. */
    POSTPAID;

    /** The mode as the API and the database write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode that the API writes so. */
    static BillingMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return word();
    }

    /** How the database has it. */
    @Converter
    static class Column implements AttributeConverter<BillingMode, String> {
        @Override
        public String convertToDatabaseColumn(BillingMode mode) {
            return mode.word();
        }

        @Override
        public BillingMode convertToEntityAttribute(String word) {
            return of(word);
        }
    }
}
