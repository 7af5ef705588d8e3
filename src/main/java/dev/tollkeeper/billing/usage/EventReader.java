package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

import dev.tollkeeper.billing.Meters;
import dev.tollkeeper.http.StorableText;
import dev.tollkeeper.http.TimeText;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.money.DecimalRule;

/** Checks the values of one event, as far as that can be done by looking at nothing else. */
final class EventReader {
    private static final int MOST_ID_CHARACTERS = 200;
    private static final int MOST_METADATA_BYTES = 4096;
    private static final Pattern METER = Pattern.compile(Meters.PATTERN);

    private EventReader() {
    }

    /**
     * The event that was sent.
     *
     * @throws DomainError naming the first field that cannot be taken
     */
    static UsageEvent read(EventInput input) {
        if (!input.isEnvelopeKnown()) {
            throw DomainError.invalidField("specversion", "must be 1.0");
        }
        var id = new EventId(source(input.source()), text(input.id(), "id"));
        Instant occurredAt = TimeText.inField(input.occurredAt(), "occurred_at");
        return new UsageEvent(id, occurredAt, key(input), meter(input.meter()), quantity(input), model(input.model()),
                metadata(input.metadata()));
    }

    private static String source(String source) {
        if (text(source, "source").startsWith(SettledUsage.OWN_SOURCES)) {
            throw DomainError.invalidField("source", "must not begin with " + SettledUsage.OWN_SOURCES);
        }
        return source;
    }

    private static String text(String value, String field) {
        if (value == null || !StorableText.fits(value, 1, MOST_ID_CHARACTERS)) {
            throw DomainError.invalidField(field, "must be 1 to 200 characters, none of them U+0000");
        }
        return value;
    }

    private static KeyReference key(EventInput input) {
        if ((input.keyId() == null) == (input.keyName() == null)) {
            throw DomainError.invalidField("key_id", "or key_name must be given, and not both");
        }
        // No key has a name that cannot be stored: asked for as the empty name, which none has either.
        return input.keyId() != null
                ? KeyReference.byId(input.keyId())
                : KeyReference.byName(StorableText.fits(input.keyName(), 0, MOST_ID_CHARACTERS) ? input.keyName() : "");
    }

    private static String meter(String meter) {
        if (meter == null || !METER.matcher(meter).matches()) {
            throw DomainError.invalidField("meter", Meters.MESSAGE);
        }
        if (Meters.RESERVATION.equals(meter)) {
            throw DomainError.invalidField("meter", "is that of reservations, which are settled and not reported");
        }
        return meter;
    }

    private static BigDecimal quantity(EventInput input) {
        if (input.quantity() == null) {
            throw DomainError.invalidField("quantity", "must be given");
        }
        return input.quantity().read(DecimalRule.QUANTITY, "quantity");
    }

    private static String model(String model) {
        return model == null ? null : text(model, "model");
    }

    private static String metadata(EventMetadata metadata) {
        if (metadata == null) {
            return null;
        }
        if (!metadata.isObject() || metadata.json().getBytes(StandardCharsets.UTF_8).length > MOST_METADATA_BYTES) {
            throw DomainError.invalidField("metadata", "must be a JSON object of at most 4 KiB");
        }
        if (!metadata.isStorable()) {
            throw DomainError.invalidField("metadata", "must not contain the character U+0000, half of a surrogate pair, or a "
                    + "number of more than 100 digits before or after the point");
        }
        return metadata.json();
    }
}
