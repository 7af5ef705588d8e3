package dev.tollkeeper.access;

import jakarta.inject.Singleton;

import org.jboss.logmanager.MDC;

import dev.tollkeeper.access.VerificationMetrics.Adapter;
import dev.tollkeeper.http.RequestId;
import dev.tollkeeper.http.problem.DomainError;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.smallrye.mutiny.Uni;

/** Envoy's question and Tollkeeper's answer, whatever carries them. */
@Singleton
class ExtAuthz {
    private final Gate gate;
    private final ClientAddresses addresses;
    private final VerificationMetrics metrics;

    ExtAuthz(Gate gate, ClientAddresses addresses, VerificationMetrics metrics) {
        this.gate = gate;
        this.addresses = addresses;
        this.metrics = metrics;
    }

    /**
     * Judges the request that Envoy asks about.
     *
     * @param peer the address of whoever asks, without its port
     */
    Uni<CheckResponse> check(CheckRequest asked, String peer) {
        long since = System.nanoTime();
        ExtAuthzRequest request = ExtAuthzRequest.of(asked, addresses.headerName());
        String id = RequestId.of(request.requestId());
        MDC.put("request_id", id);
        return judge(request, addresses.ofBehind(peer, request.source(), request.forwarded()))
                .invoke(answer -> metrics.count(Adapter.EXT_AUTHZ, answer, since))
                .map(answer -> answer instanceof Gate.Answer.Passed passed
                        ? ExtAuthzAnswer.passed(passed, request.inOurName())
                        : refused((Gate.Answer.Refused) answer, id));
    }

    private Uni<Gate.Answer> judge(ExtAuthzRequest request, String address) {
        if (request.isTooLong()) {
            return Uni.createFrom().item(new Gate.Answer.Refused(DomainError.invalidRequest(
                    "The request has too many headers. Send at most " + ExtAuthzRequest.MOST_HEADERS + "."), null));
        }
        Gate.Answer atOnce = gate.judgeAtOnce(request.authorizations(), request.apiKeys(), address);
        return atOnce == null
                ? gate.judge(request.authorizations(), request.apiKeys(), address)
                : Uni.createFrom().item(atOnce);
    }

    private static CheckResponse refused(Gate.Answer.Refused refused, String id) {
        return ExtAuthzAnswer.refused(refused.error(), refused.rate(), id);
    }
}
