package dev.tollkeeper.access;

import java.util.List;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.OutageLog;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.key.KeyUses;
import io.smallrye.mutiny.Uni;

/**
 * Judges a request to the paid API by the credential that it carries, and records the use: what every gateway's way of
 * asking has in common.
 */
@Singleton
class Gate {
    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final List<String> NO_SCOPES = List.of();

    private final KeyVerifier verifier;
    private final Admission admission;
    private final KeyUses uses;
    private final OutageLog outages;

    Gate(KeyVerifier verifier, Admission admission, KeyUses uses, OutageLog outages) {
        this.verifier = verifier;
        this.admission = admission;
        this.uses = uses;
        this.outages = outages;
    }

    /** Whether the request may pass. */
    sealed interface Answer {
        /**
         * It may.
         *
         * @param rate where the key stands with its rate limit, null for a key without one
         */
        record Passed(KeyRecord key, RateState rate) implements Answer {
        }

        /**
         * It may not.
         *
         * @param error what the client is told
         * @param rate where the key stands with its rate limit, where that is why; else null
         */
        record Refused(DomainError error, RateState rate) implements Answer {
        }
    }

    /**
     * The answer; a failure is one, too: the request may not pass while nobody can tell.
     *
     * @param authorizations the values of the request's {@code Authorization} headers
     * @param apiKeys the values of its {@code X-API-Key} headers
     * @param address the end client's address, null where it is not known
     */
    Uni<Answer> judge(List<String> authorizations, List<String> apiKeys, String address) {
        return Uni.createFrom()
                .deferred(() -> verifier.judge(credential(authorizations, apiKeys).text(), address))
                .chain(verdict -> admit(verdict, address))
                .onFailure().recoverWithItem(this::failed);
    }

    /** As {@link #judge}, where everything needed is at hand; null where the database has to be asked. */
    Answer judgeAtOnce(List<String> authorizations, List<String> apiKeys, String address) {
        Verdict verdict;
        try {
            verdict = verifier.judgeAtOnce(credential(authorizations, apiKeys).text(), address);
        } catch (DomainError refused) {
            return new Answer.Refused(refused, null);
        }
        if (verdict == null) {
            return null;
        }
        if (verdict instanceof Verdict.Refused refused) {
            return new Answer.Refused(Refusals.error(refused.code()), null);
        }
        KeyRecord key = ((Verdict.Accepted) verdict).key();
        Admission.Result result = admission.admitAtOnce(key, NO_SCOPES, 1);
        return result == null ? null : answer(key, result, address);
    }

    private static Credential credential(List<String> authorizations, List<String> apiKeys) {
        Credential found = CredentialFinder.find(authorizations, apiKeys);
        if (found == null) {
            throw DomainError.of(ErrorCode.CREDENTIALS_MISSING,
                    "This API needs an API key: send 'Authorization: Bearer <API key>'.");
        }
        return found;
    }

    private Uni<Answer> admit(Verdict verdict, String address) {
        if (verdict instanceof Verdict.Refused refused) {
            return Uni.createFrom().item(new Answer.Refused(Refusals.error(refused.code()), null));
        }
        KeyRecord key = ((Verdict.Accepted) verdict).key();
        return admission.admit(key, NO_SCOPES, 1).map(result -> answer(key, result, address));
    }

    private Answer answer(KeyRecord key, Admission.Result result, String address) {
        if (result.refusal().isEmpty()) {
            uses.record(key.teamId(), key.keyId(), address);
            return new Answer.Passed(key, result.rate());
        }
        ErrorCode code = result.refusal().get();
        DomainError error = code == ErrorCode.RATE_LIMITED ? Refusals.rateLimited(result.rate()) : Refusals.error(code);
        return new Answer.Refused(error, result.rate());
    }

    private Answer failed(Throwable failure) {
        if (failure instanceof DomainError known) {
            return new Answer.Refused(known, null);
        }
        if (DatabaseFailures.isUnreachable(failure)) {
            outages.outOfReach(failure);
            return new Answer.Refused(DomainError.unavailable(), null);
        }
        LOG.error("A request to the paid API could not be judged", failure);
        return new Answer.Refused(DomainError.internal(), null);
    }
}
