package dev.tollkeeper.load.scenario;

import java.util.Iterator;
import java.util.Map;
import java.util.Random;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.load.stage.Zipf;

/**
 * The keys that clients present, without an end, each with the code that it has to be answered with: valid ones by Zipf's law,
 * and now and then one that was revoked or that nobody has.
 */
final class Presented implements Iterator<Map<String, Object>> {
    /** The code of a key that may be used. */
    static final String VALID = "valid";
    private static final double REVOKED_SHARE = 0.01;
    private static final double UNKNOWN_SHARE = 0.02;

    private final Keys keys;
    private final Zipf zipf;
    private final Random random;

    Presented(Keys keys, long seed) {
        this.keys = keys;
        this.zipf = new Zipf(keys.valid().size(), seed);
        this.random = new Random(seed);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Map<String, Object> next() {
        double kind = random.nextDouble();
        if (kind < UNKNOWN_SHARE) {
            return Map.of("key", KeySecret.generate(KeyKind.ORDINARY, random).reveal(), "code", "key_invalid");
        }
        if (kind < UNKNOWN_SHARE + REVOKED_SHARE && !keys.revoked().isEmpty()) {
            return Map.of("key", keys.revoked().get(random.nextInt(keys.revoked().size())), "code", "key_revoked");
        }
        return Map.of("key", keys.valid().get(zipf.next()), "code", VALID);
    }
}
