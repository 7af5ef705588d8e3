package dev.tollkeeper.team;

import java.util.Locale;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Whether a team's keys are served. */
enum TeamStatus {
    ACTIVE,
    SUSPENDED;

    /** The status as the API and the database write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the database has it. */
    @Converter
    static class Column implements AttributeConverter<TeamStatus, String> {
        @Override
        public String convertToDatabaseColumn(TeamStatus status) {
            return status.word();
        }

        @Override
        public TeamStatus convertToEntityAttribute(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
