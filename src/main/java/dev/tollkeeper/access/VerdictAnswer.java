package dev.tollkeeper.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonRawValue;

import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.InferenceConfigRequest;

/** The verdict on a key that somebody else was presented. What is known of the key is told only where its secret matched. */
@Schema(name = "Verdict")
record VerdictAnswer(boolean valid, String code, UUID keyId, String name, UUID teamId, UUID projectId, UUID userId,
        List<String> scopes, Instant expiresAt, RateAnswer rateLimit, Long remainingUses,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String metadata, InferenceConfig inferenceConfig) {
    /** The code of a key that may be used. */
    static final String VALID = "valid";
    /** The answer where the secret is of no key that the caller may ask about. */
    static final VerdictAnswer UNKNOWN = new VerdictAnswer(false, ErrorCode.KEY_INVALID.word(), null, null, null, null, null,
            null, null, null, null, null, null);

    /** Where the key stands with its rate limit. */
    @Schema(name = "RateLimitState")
    record RateAnswer(int limit, long remaining, long resetSeconds) {
    }

    /**
     * The answer that tells a verdict.
     *
     * @param refusal why the key may not be used, null where it may
     * @param rate where it stands with its rate limit, null for a key without one, or where it came to no counting
     * @param asked the request's own wishes of its configuration, null for none
     */
    static VerdictAnswer of(KeyRecord key, ErrorCode refusal, RateState rate, Long remainingUses,
            InferenceConfigRequest asked) {
        RateAnswer rateAnswer = rate == null ? null : new RateAnswer(rate.limit(), rate.remaining(), rate.resetSeconds());
        InferenceConfig config = refusal != null || key.settings() == null ? null : key.settings().effective(asked);
        return new VerdictAnswer(refusal == null, refusal == null ? VALID : refusal.word(), key.keyId(), key.name(),
                key.teamId(), key.projectId(), key.userId(), sorted(key), key.expiresAt(), rateAnswer, remainingUses,
                key.metadata(), config);
    }

    private static List<String> sorted(KeyRecord key) {
        return key.scopes().isEmpty() ? List.of() : key.scopes().stream().sorted().toList();
    }
}
