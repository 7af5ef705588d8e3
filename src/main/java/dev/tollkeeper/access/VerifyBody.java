package dev.tollkeeper.access;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.tollkeeper.project.InferenceConfigRequest;

/**
 * A key and what it is wanted for.
 *
 * @param ip the end client's address; a key with address rules is refused without it
 * @param scopes the scopes that the request needs
 * @param cost how many uses it counts for; 0 asks without using anything up
 */
@Schema(name = "VerifyRequest")
record VerifyBody(
        @NotNull @Size(max = VerifyBody.MOST_KEY_LENGTH) String key,
        @Size(max = VerifyBody.MOST_IP_LENGTH) String ip,
        @Size(max = 100) List<@NotNull @Size(min = 1, max = 100) String> scopes,
        @Min(0) @Max(VerifyBody.MOST_COST) Integer cost,
        @Valid InferenceConfigRequest inferenceConfig) {
    static final int MOST_KEY_LENGTH = 1000;
    static final int MOST_IP_LENGTH = 64;
    static final int MOST_COST = 1_000_000;

    /** The scopes, none where none are named. */
    List<String> neededScopes() {
        return scopes == null ? List.of() : scopes;
    }

    /** The uses, one where nothing is said. */
    int uses() {
        return cost == null ? 1 : cost;
    }

    @Override
    public String toString() {
        return "VerifyBody[…]";
    }
}
