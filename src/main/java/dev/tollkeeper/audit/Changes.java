package dev.tollkeeper.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What a change changed, field by field as {@code {"from": …, "to": …}}; what stayed as it was is left out. */
public final class Changes {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** One field's change, as the audit log has it. */
    public static Map<String, Object> change(Object from, Object to) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("from", from);
        change.put("to", to);
        return change;
    }

    /** The same with one more field, where its value changed. */
    public Changes and(String field, Object from, Object to) {
        if (!Objects.equals(from, to)) {
            fields.put(field, change(from, to));
        }
        return this;
    }

    /**
     * Changes a field where a value is wanted that it does not have.
     *
     * @param from what it is
     * @param wanted what it shall be; empty to leave it
     */
    public <T> void make(String field, T from, Optional<T> wanted, Consumer<T> setter) {
        if (differs(from, wanted)) {
            and(field, from, wanted.orElseThrow());
            setter.accept(wanted.orElseThrow());
        }
    }

    /** Changes a secret: that it changed is written down, and nothing else. */
    public <T> void makeSecretly(String field, Optional<T> wanted, Consumer<T> setter) {
        wanted.ifPresent(value -> {
            fields.put(field, "changed");
            setter.accept(value);
        });
    }

    /** Whether a value is wanted other than the one there is. */
    public static <T> boolean differs(T from, Optional<T> wanted) {
        return wanted.isPresent() && !wanted.get().equals(from);
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** As {@link AuditEvent} takes it. */
    public Map<String, Object> asMap() {
        return fields;
    }
}
