package dev.tollkeeper.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a change changed, field by field as {@code {"from": …, "to": …}}; what stayed as it was is left out. */
public final class Changes {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Nothing so far. */
    public static Changes none() {
        return new Changes();
    }

    private Changes() {
    }

    /** One field's change. */
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

    /** As {@link AuditEvent} takes it. */
    public Map<String, Object> asMap() {
        return fields;
    }
}
