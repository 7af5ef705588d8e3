package dev.tollkeeper.http.problem;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.vertx.core.json.JsonObject;

/**
 * An error as the API answers it: an RFC 9457 problem with the members {@code code} and {@code error} besides.
 *
 * @param type always {@code about:blank}: the code says which problem it is
 * @param title a short name of the kind of problem
 * @param status the HTTP status
 * @param detail the human sentence
 * @param code a stable machine word
 * @param error the human sentence again, where Cortecs clients read it
 * @param errors what is wrong field by field, where the request failed validation
 * @param requestId the request's id, to find it in the logs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "An RFC 9457 problem. `code` is a stable machine word, `error` the human sentence.")
public record Problem(
        @Schema(examples = "about:blank", required = true) String type,
        @Schema(examples = "API key revoked", required = true) String title,
        @Schema(examples = "401", required = true) int status,
        @Schema(examples = "This API key was revoked. Create a new one.", required = true) String detail,
        @Schema(examples = "key_revoked", required = true) String code,
        @Schema(examples = "This API key was revoked. Create a new one.", required = true) String error,
        List<FieldError> errors,
        String requestId) {
    /** The media type of problems (RFC 9457 §3). */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The problem that says this error. */
    public static Problem of(ErrorCode code, String sentence, List<FieldError> errors, String requestId) {
        return new Problem("about:blank", code.title(), code.status(), sentence, code.word(), sentence, errors, requestId);
    }

    /** As JSON, where no JAX-RS resource is at work. */
    public String toJson() {
        return new JsonObject().put("type", type).put("title", title).put("status", status).put("detail", detail)
                .put("code", code).put("error", error).put("request_id", requestId).encode();
    }
}
