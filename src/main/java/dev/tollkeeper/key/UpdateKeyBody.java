package dev.tollkeeper.key;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.problem.DomainError;

/** A change of a key: what is left out stays as it is, and null clears. */
@Schema(name = "UpdateKey")
record UpdateKeyBody(@Schema(minLength = 1, maxLength = 100) Optional<String> name, Optional<Boolean> enabled,
        Optional<List<String>> scopes, Optional<List<String>> allowedIps,
        @Schema(format = "date-time") Optional<String> expiresAt,
        Optional<KeyRateBody> rateLimit, Optional<BigInteger> remainingUses, Optional<Metadata> metadata) {

    KeyEdit read() {
        FieldReader fields = new FieldReader();
        String readName = fields.read(() -> KeyFields.name(required("name", name)), name);
        Boolean readEnabled = fields.read(() -> required("enabled", enabled), enabled);
        List<String> readIps = fields.read(() -> KeyFields.allowedIps(allowedIps.orElse(List.of())), allowedIps);
        Optional<Instant> readExpiry = fields.read(() -> expiresAt.map(text -> KeyFields.time("expires_at", text)), expiresAt);
        Optional<KeyRate> readRate = fields.read(() -> rateLimit.map(KeyRateBody::read), rateLimit);
        Optional<Long> readUses = fields.read(() -> remainingUses.map(CreateKeyBody::uses), remainingUses);
        fields.finish();
        return new KeyEdit(readName, readEnabled, scopes, readIps, readExpiry, readRate, readUses,
                metadata == null ? null : metadata.orElse(Metadata.NONE));
    }

    private static <T> T required(String field, Optional<T> sent) {
        return sent.orElseThrow(() -> DomainError.invalidField(field, "cannot be cleared"));
    }
}
