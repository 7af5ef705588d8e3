package dev.tollkeeper.access;

import java.util.List;
import java.util.Locale;

import com.google.rpc.Code;
import com.google.rpc.Status;

import dev.tollkeeper.http.RequestId;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.Problem;
import dev.tollkeeper.http.problem.Problems;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;

/** Makes the answers that Envoy acts upon. */
final class ExtAuthzAnswer {
    private ExtAuthzAnswer() {
    }

    /**
     * The request may pass: without its credential, with the key's identity, and with nothing that the client itself said in
     * Tollkeeper's name.
     *
     * @param inOurName the names of the headers in which it did
     */
    static CheckResponse passed(Gate.Answer.Passed passed, List<String> inOurName) {
        OkHttpResponse.Builder ok = OkHttpResponse.newBuilder()
                .addHeadersToRemove("authorization")
                .addHeadersToRemove("x-api-key");
        passed.key().identity().forEach((name, value) -> {
            // What an empty value does to a header that the client sent is left to no version of Envoy.
            if (!value.isEmpty()) {
                ok.addHeaders(header(name, value));
            }
        });
        for (String name : inOurName) {
            // Envoy removes after it has set.
            if (!isSet(ok, name)) {
                ok.addHeadersToRemove(name);
            }
        }
        RateHeaders.write(passed.rate(), (name, value) -> ok.addResponseHeadersToAdd(header(name, value)));
        return CheckResponse.newBuilder().setStatus(Status.newBuilder().setCode(Code.OK_VALUE)).setOkResponse(ok).build();
    }

    private static boolean isSet(OkHttpResponse.Builder ok, String name) {
        for (HeaderValueOption header : ok.getHeadersList()) {
            if (header.getHeader().getKey().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The request may not pass; the client gets what forward auth would have answered.
     *
     * @param rate where the key stands with its rate limit, null where that does not matter
     */
    static CheckResponse refused(DomainError error, RateState rate, String requestId) {
        ErrorCode code = error.code();
        DeniedHttpResponse.Builder denied = DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCodeValue(code.status()))
                .setBody(Problem.of(code, error.getMessage(), null, requestId).toJson())
                .addHeaders(header(RequestId.HEADER, requestId));
        Problems.headers(error, (name, value) -> denied.addHeaders(header(name, value)));
        RateHeaders.write(rate, (name, value) -> denied.addHeaders(header(name, value)));
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(grpcCode(code.status())).setMessage(code.word()))
                .setDeniedResponse(denied).build();
    }

    /** In lower case, as HTTP/2 has it. */
    private static HeaderValueOption header(String name, String value) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return HeaderValueOption.newBuilder().setHeader(HeaderValue.newBuilder().setKey(lowerCase).setValue(value))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD).build();
    }

    private static int grpcCode(int status) {
        return switch (status) {
            case 400 -> Code.INVALID_ARGUMENT_VALUE;
            case 401 -> Code.UNAUTHENTICATED_VALUE;
            case 402, 429 -> Code.RESOURCE_EXHAUSTED_VALUE;
            case 403 -> Code.PERMISSION_DENIED_VALUE;
            case 503 -> Code.UNAVAILABLE_VALUE;
            default -> Code.INTERNAL_VALUE;
        };
    }
}
