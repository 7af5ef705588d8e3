package dev.tollkeeper.team.user;

import java.util.Locale;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Whether a user may sign in, and their tokens are taken. */
enum UserStatus {
    ACTIVE,
    DISABLED;

    /** The status as the API and the database write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status that the API and the database write so. */
    static UserStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return word();
    }

    /** How the database has it. */
    @Converter
    static class Column implements AttributeConverter<UserStatus, String> {
        @Override
        public String convertToDatabaseColumn(UserStatus status) {
            return status.word();
        }

        @Override
        public UserStatus convertToEntityAttribute(String word) {
            return of(word);
        }
    }
}
