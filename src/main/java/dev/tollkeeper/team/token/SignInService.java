package dev.tollkeeper.team.token;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.team.Passwords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;

/** Signs users in. An unknown address is told in the same words, after the same work, as a wrong password. */
@Singleton
public class SignInService {
    private final UserDirectory users;
    private final Passwords passwords;
    private final UserTokens tokens;
    private final SignInThrottle throttle;
    private final MeterRegistry metrics;

    SignInService(UserDirectory users, Passwords passwords, UserTokens tokens, SignInThrottle throttle, MeterRegistry metrics) {
        this.users = users;
        this.passwords = passwords;
        this.tokens = tokens;
        this.throttle = throttle;
        this.metrics = metrics;
        List.of("succeeded", "refused", "throttled", "failed").forEach(this::counter);
    }

    /**
     * Gives a token for an address and a password.
     *
     * @param address the client's address, null where it is not known
     * @return fails with {@code token_invalid}, or {@code rate_limited} after too many failures
     */
    public Uni<UserTokens.Issued> signIn(String email, String password, String address) {
        return Uni.createFrom().item(email)
                .invoke(tried -> throttle.take(tried, address))
                .chain(users::byEmail)
                .chain(account -> checked(account, password))
                .invoke(account -> throttle.giveBack(email, address))
                .chain(account -> tokens.issue(account))
                .onItem().invoke(issued -> counter("succeeded").increment())
                .onFailure().invoke(failed -> counter(outcome(failed)).increment());
    }

    private static String outcome(Throwable failed) {
        if (failed instanceof DomainError error) {
            return switch (error.code()) {
                case TOKEN_INVALID -> "refused";
                case RATE_LIMITED -> "throttled";
                default -> "failed";
            };
        }
        return "failed";
    }

    private Counter counter(String outcome) {
        return Counter.builder("tollkeeper.sign.ins").description("Tries to sign in, by what became of them")
                .tag("outcome", outcome)
                .register(metrics);
    }

    private Uni<UserDirectory.Account> checked(Optional<UserDirectory.Account> account, String password) {
        String hash = account.map(UserDirectory.Account::passwordHash).orElse(null);
        return passwords.matches(password, hash).map(right -> {
            if (!right) {
                throw DomainError.of(ErrorCode.TOKEN_INVALID, "Email or password is wrong.");
            }
            return account.orElseThrow();
        });
    }
}
