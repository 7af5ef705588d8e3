package dev.tollkeeper.access;

import java.time.Duration;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/** The sentences of refused keys: each says what to do. */
final class Refusals {
    private Refusals() {
    }

    static DomainError error(ErrorCode code) {
        return DomainError.of(code, sentence(code));
    }

    static DomainError rateLimited(RateState state) {
        return DomainError.tryLater(ErrorCode.RATE_LIMITED, sentence(ErrorCode.RATE_LIMITED),
                Duration.ofSeconds(state.resetSeconds()));
    }

    private static String sentence(ErrorCode code) {
        return switch (code) {
            case KEY_INVALID -> "This is not an API key of this service. Check that it was copied whole.";
            case KEY_REVOKED -> "This API key was revoked. Create a new one.";
            case KEY_DISABLED -> "This API key is disabled. Enable it to use it again.";
            case KEY_EXPIRED -> "This API key has expired. Extend its expiry or create a new one.";
            case TEAM_SUSPENDED -> "The team of this API key is suspended. Ask the operator of this service.";
            case IP_NOT_ALLOWED -> "This API key may not be used from this IP address. Add the address to its allowed_ips.";
            case SCOPE_MISSING -> "This API key lacks a scope that the request needs.";
            case RATE_LIMITED -> "This API key has reached its rate limit. Try again when the window resets.";
            case INSUFFICIENT_BALANCE -> "Nothing is left of the team's balance and credit limit. Top the balance up to go on.";
            case BUDGET_EXHAUSTED -> "This API key has no uses left, or a budget that it counts toward is used up. "
                    + "Raise its remaining_uses or the budget to go on.";
            default -> throw new IllegalArgumentException("no key is refused with " + code);
        };
    }
}
