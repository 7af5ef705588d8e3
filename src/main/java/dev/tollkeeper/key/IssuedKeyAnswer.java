package dev.tollkeeper.key;

import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A key with its new secret.
 *
 * @param apiKey the secret, shown this once
 */
@Schema(name = "IssuedKey")
record IssuedKeyAnswer(@JsonUnwrapped KeyAnswer key, @Schema(description = "The secret, shown this once") String apiKey) {

    /** The response that carries a secret: no cache on the way may keep it. */
    static RestResponse<IssuedKeyAnswer> created(IssuedKey issued) {
        return response(RestResponse.Status.CREATED, issued)
                .header(HttpHeaders.LOCATION, "/api/manage/api-keys/" + issued.key().id()).build();
    }

    /** The same for a key that got another secret. */
    static RestResponse<IssuedKeyAnswer> rotated(IssuedKey issued) {
        return response(RestResponse.Status.OK, issued).build();
    }

    private static ResponseBuilder<IssuedKeyAnswer> response(RestResponse.Status status, IssuedKey issued) {
        return ResponseBuilder.create(status, new IssuedKeyAnswer(KeyAnswer.of(issued.key()), issued.secret()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Override
    public String toString() {
        return "IssuedKeyAnswer[" + key.id() + "]";
    }
}
