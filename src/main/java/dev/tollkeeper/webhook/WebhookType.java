package dev.tollkeeper.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a webhook can tell of. The words are part of the API's contract: none is ever renamed. */
public enum WebhookType {
    /** A key was made. */
    KEY_CREATED,
    /** A key was given another secret. */
    KEY_ROTATED,
    /** A key was revoked or deleted. */
    KEY_REVOKED,
    /** A key's expiry is near. */
    KEY_EXPIRING,
    /** A part of a budget that somebody wanted to know of is spent. */
    BUDGET_THRESHOLD_REACHED,
    /** A team's balance is low. */
    BALANCE_LOW,
    /** The operator suspended the team. */
    TEAM_SUSPENDED,
    /** Somebody tries a webhook out. Not for choosing: every webhook can be tried out. */
    WEBHOOK_TEST;

    private final String word;

    WebhookType() {
        this.word = name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** The type as the API writes it ({@code key.created}). */
    public String word() {
        return word;
    }

    /** What a webhook can be for. */
    static List<WebhookType> choices() {
        return Arrays.stream(values()).filter(type -> type != WEBHOOK_TEST).toList();
    }
}
