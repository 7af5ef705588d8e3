package dev.tollkeeper.billing.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * An event to send.
 *
 * @param model null for none
 */
record ModelEvent(String source, String id, Instant at, UUID key, String meter, BigDecimal quantity, String model) {
    ModelEvent {
        // Equal values are equal events, however they are written.
        quantity = quantity.stripTrailingZeros();
    }

    String name() {
        return source + '/' + id;
    }

    ModelEvent of(BigDecimal otherQuantity) {
        return new ModelEvent(source, id, at, key, meter, otherQuantity, model);
    }

    /** As it is sent: the quantity in one of the ways to write it. */
    Map<String, Object> json(SplittableRandom random) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("source", source);
        json.put("occurred_at", at.toString());
        json.put("key_id", key.toString());
        json.put("meter", meter);
        json.put("quantity", switch (random.nextInt(3)) {
            case 0 -> quantity;
            case 1 -> quantity.setScale(Math.max(quantity.scale(), 0) + 2).toPlainString();
            default -> quantity.toPlainString();
        });
        if (model != null) {
            json.put("model", model);
        }
        return json;
    }
}
