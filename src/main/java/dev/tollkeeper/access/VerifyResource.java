package dev.tollkeeper.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import com.fasterxml.jackson.annotation.JsonRawValue;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.IpAddresses;
import dev.tollkeeper.key.KeyUses;
import dev.tollkeeper.project.InferenceConfig;
import dev.tollkeeper.project.InferenceConfigRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Judges a key that somebody else was presented: for gateways and services. Always answers 200 with the verdict. */
@Path("api/keys/verify")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Verification")
class VerifyResource {
    private static final int MOST_COST = 1_000_000;
    private static final String VALID = "valid";

    private final KeyVerifier verifier;
    private final Admission admission;
    private final KeyUses uses;
    private final CurrentCaller caller;

    VerifyResource(KeyVerifier verifier, Admission admission, KeyUses uses, CurrentCaller caller) {
        this.verifier = verifier;
        this.admission = admission;
        this.uses = uses;
        this.caller = caller;
    }

    /**
     * A key and what it is wanted for.
     *
     * @param ip the end client's address; a key with address rules is refused without it
     * @param scopes the scopes that the request needs
     * @param cost how many uses it counts for; 0 asks without using anything up
     */
    @Schema(name = "VerifyRequest")
    record VerifyBody(
            @NotNull @Size(max = 1000) String key,
            @Size(max = 64) String ip,
            @Size(max = 100) List<@NotNull @Size(min = 1, max = 100) String> scopes,
            @Min(0) @Max(MOST_COST) Integer cost,
            @Valid InferenceConfigRequest inferenceConfig) {
        @Override
        public String toString() {
            return "VerifyBody[…]";
        }
    }

    /** The verdict. What is known of the key is told only where its secret matched. */
    @Schema(name = "Verdict")
    record VerdictAnswer(boolean valid, String code, UUID keyId, String name, UUID teamId, UUID projectId, UUID userId,
            List<String> scopes, Instant expiresAt, RateAnswer rateLimit, Long remainingUses,
            @JsonRawValue @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT) String metadata,
            InferenceConfig inferenceConfig) {
    }

    /** Where the key stands with its rate limit. */
    @Schema(name = "RateLimitState")
    record RateAnswer(int limit, long remaining, long resetSeconds) {
    }

    @POST
    @Requires(Scope.KEYS_VERIFY)
    @Operation(operationId = "verifyKey", summary = "Verify a key", description = "Judges a key of the caller's team in a fixed "
            + "order and, where it is valid, counts the use. A key of another team is `key_invalid`.")
    public Uni<VerdictAnswer> verify(@NotNull @Valid VerifyBody body) {
        Caller asking = caller.get();
        String address = address(body.ip());
        return verifier.judge(body.key(), address).chain(verdict -> answer(asking, verdict, body, address));
    }

    private static String address(String ip) {
        if (ip == null) {
            return null;
        }
        return IpAddresses.parseStrict(ip).map(parsed -> parsed.toCanonicalString())
                .orElseThrow(() -> DomainError.invalidField("ip", "must be one IPv4 or IPv6 address"));
    }

    private Uni<VerdictAnswer> answer(Caller asking, Verdict verdict, VerifyBody body, String address) {
        KeyRecord key = verdict instanceof Verdict.Accepted accepted
                ? accepted.key()
                : ((Verdict.Refused) verdict).key().orElse(null);
        if (key == null || asking.roleIn(key.teamId()).isEmpty()) {
            return Uni.createFrom().item(unknown());
        }
        if (verdict instanceof Verdict.Refused refused) {
            return Uni.createFrom().item(told(key, refused.code(), null, key.remainingUses(), null));
        }
        List<String> scopes = body.scopes() == null ? List.of() : body.scopes();
        int cost = body.cost() == null ? 1 : body.cost();
        return admission.admit(key, scopes, cost).map(result -> {
            ErrorCode refusal = result.refusal().orElse(null);
            if (refusal == null && cost > 0) {
                uses.record(key.teamId(), key.keyId(), address);
            }
            return told(key, refusal, result.rate(), result.remainingUses(), body.inferenceConfig());
        });
    }

    private static VerdictAnswer unknown() {
        return new VerdictAnswer(false, ErrorCode.KEY_INVALID.word(), null, null, null, null, null, null, null, null, null,
                null,
                null);
    }

    private static VerdictAnswer told(KeyRecord key, ErrorCode refusal, RateState rate, Long remainingUses,
            InferenceConfigRequest asked) {
        RateAnswer rateAnswer = rate == null ? null : new RateAnswer(rate.limit(), rate.remaining(), rate.resetSeconds());
        InferenceConfig config = refusal != null || key.settings() == null ? null : key.settings().effective(asked);
        return new VerdictAnswer(refusal == null, refusal == null ? VALID : refusal.word(), key.keyId(), key.name(),
                key.teamId(),
                key.projectId(), key.userId(), key.scopes().stream().sorted().toList(), key.expiresAt(), rateAnswer,
                remainingUses,
                key.metadata(), config);
    }
}
