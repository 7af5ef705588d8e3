package dev.tollkeeper.access;

import java.util.UUID;
import java.util.function.Predicate;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.access.VerificationMetrics.Adapter;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.KeyUses;
import io.smallrye.mutiny.Uni;

/** Judges keys for gateways and services that ask with a credential of their own, and counts the uses. */
@Singleton
class Verification {
    private final KeyVerifier verifier;
    private final Admission admission;
    private final KeyUses uses;
    private final VerificationMetrics metrics;
    private final PlainJson json;

    Verification(KeyVerifier verifier, Admission admission, KeyUses uses, VerificationMetrics metrics,
            ObjectMapper mapper) {
        this.verifier = verifier;
        this.admission = admission;
        this.uses = uses;
        this.metrics = metrics;
        this.json = new PlainJson(mapper.writerFor(VerdictAnswer.class));
    }

    /**
     * The answer.
     *
     * @param mayAsk of which teams the caller may know
     * @param address the end client's address in canonical form, null where it is not known
     */
    Uni<VerdictAnswer> answer(Predicate<UUID> mayAsk, VerifyBody body, String address) {
        long since = System.nanoTime();
        return verifier.judge(body.key(), address)
                .chain(verdict -> answer(mayAsk, verdict, body, address))
                .invoke(answer -> metrics.count(Adapter.VERIFY, answer.code(), since));
    }

    private Uni<VerdictAnswer> answer(Predicate<UUID> mayAsk, Verdict verdict, VerifyBody body, String address) {
        VerdictAnswer refused = refused(mayAsk, verdict);
        if (refused != null) {
            return Uni.createFrom().item(refused);
        }
        KeyRecord key = ((Verdict.Accepted) verdict).key();
        return admission.admit(key, body.neededScopes(), body.uses()).map(result -> admitted(key, result, body, address));
    }

    /** As {@link #answer}, from memory alone and as JSON; null where memory cannot tell. */
    byte[] answerAtOnce(Predicate<UUID> mayAsk, VerifyBody body, String address) {
        long since = System.nanoTime();
        Verdict verdict = verifier.judgeAtOnce(body.key(), address);
        if (verdict == null) {
            return null;
        }
        VerdictAnswer refused = refused(mayAsk, verdict);
        if (refused != null) {
            metrics.count(Adapter.VERIFY, refused.code(), since);
            return json.write(refused);
        }
        KeyRecord key = ((Verdict.Accepted) verdict).key();
        Admission.Result result = admission.admitAtOnce(key, body.neededScopes(), body.uses());
        if (result == null) {
            return null;
        }
        record(key, result, body, address);
        metrics.count(Adapter.VERIFY, result.refusal().map(ErrorCode::word).orElse(VerdictAnswer.VALID), since);
        boolean alwaysTheSame = result.refusal().isEmpty() && result.rate() == null && body.inferenceConfig() == null;
        return alwaysTheSame
                ? key.verdict().json(() -> json.write(told(key, result, body)))
                : json.write(told(key, result, body));
    }

    /** The answer that the checks up to the address lead to, null where they were passed. */
    private static VerdictAnswer refused(Predicate<UUID> mayAsk, Verdict verdict) {
        Verdict.Refused refused = verdict instanceof Verdict.Refused found ? found : null;
        KeyRecord key = refused == null ? ((Verdict.Accepted) verdict).key() : refused.key().orElse(null);
        if (key == null || !mayAsk.test(key.teamId())) {
            return VerdictAnswer.UNKNOWN;
        }
        return refused == null ? null : VerdictAnswer.of(key, refused.code(), null, key.remainingUses(), null);
    }

    private VerdictAnswer admitted(KeyRecord key, Admission.Result result, VerifyBody body, String address) {
        record(key, result, body, address);
        return told(key, result, body);
    }

    private void record(KeyRecord key, Admission.Result result, VerifyBody body, String address) {
        if (result.refusal().isEmpty() && body.uses() > 0) {
            uses.record(key.teamId(), key.keyId(), address);
        }
    }

    private static VerdictAnswer told(KeyRecord key, Admission.Result result, VerifyBody body) {
        return VerdictAnswer.of(key, result.refusal().orElse(null), result.rate(), result.remainingUses(),
                body.inferenceConfig());
    }
}
