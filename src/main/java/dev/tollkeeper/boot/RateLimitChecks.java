package dev.tollkeeper.boot;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks what the rate limiter is told, as far as that can be judged without connecting: a Redis that is merely down stops no start. */
final class RateLimitChecks {
    private RateLimitChecks() {
    }

    static void checkWhatIsGiven() {
        require(Setting.REDIS_URL.read().map(RateLimitChecks::isUsable).orElse(true),
                "TOLLKEEPER_REDIS_URL must look like redis://host:6379 or, with TLS, a user and a database, "
                        + "rediss://user:password@host:6379/0; percent-encode what is special in the password.");
        require(Setting.RATE_LIMIT_REPLICAS.read().orElse("1").matches("[1-9][0-9]{0,3}"),
                "TOLLKEEPER_RATE_LIMIT_REPLICAS must be the number of replicas: 1 to 9999.");
        require(Setting.RATE_LIMIT_WITHOUT_REDIS.read().orElse("local").matches("local|refuse"),
                "TOLLKEEPER_RATE_LIMIT_WITHOUT_REDIS must be local or refuse.");
    }

    private static void require(boolean usable, String sentence) {
        if (!usable) {
            throw new StartRefused(sentence);
        }
    }

    private static boolean isUsable(String url) {
        try {
            URI parsed = new URI(url);
            return String.valueOf(parsed.getScheme()).matches("rediss?") && parsed.getHost() != null
                    && parsed.getRawPath().matches("/?[0-9]{0,4}") && parsed.getRawQuery() == null
                    && parsed.getRawFragment() == null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }
}
