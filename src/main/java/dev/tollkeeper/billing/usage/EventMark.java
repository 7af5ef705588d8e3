package dev.tollkeeper.billing.usage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * What tells whether an event is sent again or another one is sent under its id: SHA-256 over all that it says.
 *
 * @param resolved with the key that it is about; null where there is no such key
 * @param named with the key's name as it was sent, so that an event stays the same one after its key was renamed or replaced;
 *        null where the key was given by its id
 */
record EventMark(byte[] resolved, byte[] named) {
    /**
     * The mark of an event.
     *
     * @param projectId the project in which a key's name is looked for
     * @param key the key that the event is about, null where there is none
     */
    static EventMark of(UsageEvent event, UUID projectId, UsageKey key) {
        String name = event.key().name();
        return new EventMark(key == null ? null : digest(event, "id", key.id().toString()),
                name == null ? null : digest(event, "name", projectId.toString(), name));
    }

    /** Whether both are of the same event. */
    boolean matches(EventMark other) {
        return same(resolved, other.resolved) || same(named, other.named);
    }

    private static boolean same(byte[] mine, byte[] others) {
        return mine != null && others != null && Arrays.equals(mine, others);
    }

    private static byte[] digest(UsageEvent event, String... key) {
        StringBuilder canonical = new StringBuilder();
        add(canonical, event.occurredAt().toString());
        add(canonical, event.meter());
        add(canonical, event.quantity().toPlainString());
        add(canonical, event.model());
        add(canonical, event.metadata());
        for (String part : key) {
            add(canonical, part);
        }
        return sha256(canonical.toString());
    }

    /** Each part with its length, so that no two sequences of parts read the same. */
    private static void add(StringBuilder canonical, String part) {
        canonical.append(part == null ? -1 : part.length()).append(':').append(part == null ? "" : part);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
