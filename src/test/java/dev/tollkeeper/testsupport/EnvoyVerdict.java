package dev.tollkeeper.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.vertx.core.json.JsonObject;

/** What Envoy was answered. */
public record EnvoyVerdict(CheckResponse response) {
    /** Whether the request may pass. */
    public boolean isAllowed() {
        return response.hasOkResponse();
    }

    /** HTTP's status of the refusal. */
    public int status() {
        return response.getDeniedResponse().getStatus().getCodeValue();
    }

    /** The code of the refusal, or {@code valid}. */
    public String code() {
        return isAllowed() ? "valid" : body().getString("code");
    }

    /** The headers that the API behind Envoy gets of those that the client sent: what Envoy makes of them. */
    public Map<String, String> upstreamHeaders(Map<String, String> sent) {
        assertThat(response.getStatus().getCode()).isZero();
        Map<String, String> headers = new TreeMap<>(sent);
        set(response.getOkResponse().getHeadersList(), headers);
        response.getOkResponse().getHeadersToRemoveList().forEach(name -> headers.remove(name.toLowerCase(Locale.ROOT)));
        return headers;
    }

    /** The headers that Envoy adds to the answer of the API behind it. */
    public Map<String, String> addedToTheResponse() {
        Map<String, String> headers = new TreeMap<>();
        set(response.getOkResponse().getResponseHeadersToAddList(), headers);
        return headers;
    }

    /** The headers of a refusal. */
    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        set(response.getDeniedResponse().getHeadersList(), headers);
        return headers;
    }

    /** The body of a refusal. */
    public JsonObject body() {
        return new JsonObject(response.getDeniedResponse().getBody());
    }

    /** Insists that the request was refused with this status and code, in the contract's form. */
    public EnvoyVerdict refused(int status, String code) {
        assertThat(response.hasDeniedResponse()).as(response.toString()).isTrue();
        assertThat(response.getStatus().getCode()).isNotZero();
        assertThat(status()).isEqualTo(status);
        JsonObject problem = body();
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("error")).isNotBlank().isEqualTo(problem.getString("detail"));
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(headers()).containsEntry("content-type", "application/problem+json")
                .containsEntry("cache-control", "no-store")
                .containsEntry("x-request-id", problem.getString("request_id"));
        assertThat(headers().containsKey("www-authenticate")).isEqualTo(status == 401);
        assertThat(headers().containsKey("retry-after")).isEqualTo(status == 429 || status == 503);
        return this;
    }

    /** As every version of Envoy understands it: an option that overwrites, under a name as HTTP/2 has it. */
    private static void set(List<HeaderValueOption> options, Map<String, String> headers) {
        for (HeaderValueOption option : options) {
            assertThat(option.getAppendAction()).isEqualTo(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
            assertThat(option.getHeader().getKey()).isLowerCase();
            headers.put(option.getHeader().getKey(), option.getHeader().getValue());
        }
    }
}
