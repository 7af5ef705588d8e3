package dev.tollkeeper.webhook;

import java.util.Arrays;
import java.util.Locale;

/** How far a delivery is. */
enum DeliveryStatus {
    /** It will be tried, or tried again. */
    PENDING,
    /** The receiver answered with a 2xx. */
    DELIVERED,
    /** It is not tried any more. */
    FAILED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryStatus of(String word) {
        return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst().orElseThrow();
    }
}
