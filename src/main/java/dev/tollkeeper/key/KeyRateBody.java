package dev.tollkeeper.key;

import java.math.BigInteger;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How often a key may be used.
 *
 * @param limit uses in a window
 * @param windowSeconds the window's length
 */
@Schema(name = "KeyRateLimit")
record KeyRateBody(@Schema(minimum = "1", maximum = "1000000000") BigInteger limit,
        @Schema(minimum = "1", maximum = "2678400") BigInteger windowSeconds) {
    private static final long MOST_USES = 1_000_000_000L;
    private static final long LONGEST_WINDOW = 86_400L * 31;

    static KeyRateBody of(KeyRate rate) {
        return rate == null
                ? null
                : new KeyRateBody(BigInteger.valueOf(rate.limit()), BigInteger.valueOf(rate.windowSeconds()));
    }

    KeyRate read() {
        FieldReader fields = new FieldReader();
        Long uses = fields.read(() -> KeyFields.whole("rate_limit.limit", limit, 1, MOST_USES));
        Long seconds = fields.read(() -> KeyFields.whole("rate_limit.window_seconds", windowSeconds, 1, LONGEST_WINDOW));
        fields.finish();
        return new KeyRate(uses.intValue(), seconds.intValue());
    }
}
