package dev.tollkeeper.key;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.http.problem.DomainError;

/**
 * A key to be made.
 *
 * @param isManagementKey whether it may call the management endpoints; false where left out
 * @param scopes all for a management key, and none for an ordinary one, where left out
 * @param allowedIps addresses and CIDR blocks; from everywhere where left out
 */
@Schema(name = "CreateKey", requiredProperties = "name")
record CreateKeyBody(@Schema(minLength = 1, maxLength = 100, examples = "my-new-key") String name, Boolean isManagementKey,
        List<String> scopes, List<String> allowedIps, @Schema(format = "date-time") String expiresAt, KeyRateBody rateLimit,
        @Schema(minimum = "0", maximum = "1000000000000000") BigInteger remainingUses, Metadata metadata) {
    static final long MOST_USES = 1_000_000_000_000_000L;

    NewKey read() {
        FieldReader fields = new FieldReader();
        boolean management = Boolean.TRUE.equals(isManagementKey);
        String readName = fields.read(this::requiredName);
        List<String> readScopes = fields.read(() -> KeyScopes.of(scopes, management));
        List<String> readIps = fields.read(() -> KeyFields.allowedIps(allowedIps == null ? List.of() : allowedIps));
        Instant readExpiry = fields.read(() -> expiresAt == null ? null : KeyFields.time("expires_at", expiresAt));
        KeyRate readRate = fields.read(() -> rateLimit == null ? null : rateLimit.read());
        Long readUses = fields.read(() -> remainingUses == null ? null : uses(remainingUses));
        fields.finish();
        return new NewKey(readName, management, readScopes, readIps, readExpiry, readRate, readUses,
                metadata == null ? Metadata.NONE : metadata);
    }

    static long uses(BigInteger number) {
        return KeyFields.whole("remaining_uses", number, 0, MOST_USES);
    }

    private String requiredName() {
        if (name == null) {
            throw DomainError.invalidField("name", "is required");
        }
        return KeyFields.name(name);
    }
}
