package dev.tollkeeper.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes changes field by field and writes them down for the audit log. A value that is there already changes nothing. */
public final class Edits {
    private final Map<String, Object> made = new LinkedHashMap<>();

    /**
     * Changes a field where a value is wanted that it does not have.
     *
     * @param from what it is
     * @param wanted what it shall be; empty to leave it
     */
    public <T> void make(String field, T from, Optional<T> wanted, Consumer<T> setter) {
        if (differs(from, wanted)) {
            made.put(field, Changes.change(String.valueOf(from), String.valueOf(wanted.orElseThrow())));
            setter.accept(wanted.orElseThrow());
        }
    }

    /** Changes a secret: that it changed is written down, and nothing else. */
    public <T> void makeSecretly(String field, Optional<T> wanted, Consumer<T> setter) {
        wanted.ifPresent(value -> {
            made.put(field, "changed");
            setter.accept(value);
        });
    }

    /** Whether a value is wanted other than the one there is. */
    public static <T> boolean differs(T from, Optional<T> wanted) {
        return wanted.isPresent() && !wanted.get().equals(from);
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return made.isEmpty();
    }

    /** What was changed, as an {@link AuditEvent} takes it. */
    public Map<String, Object> asMap() {
        return made;
    }
}
