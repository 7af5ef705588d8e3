package dev.tollkeeper.billing.reservation;

import java.util.Locale;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Whether a reservation still holds its amount, and how it ended. */
@RegisterForReflection
enum ReservationStatus {
    /** It holds its amount. */
    OPEN,
    /** What was used of it was booked. */
    SETTLED,
    /** It was given up. */
    RELEASED,
    /** Its time was over. */
    EXPIRED;

    /** The status as the API writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReservationStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
