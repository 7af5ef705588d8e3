package dev.tollkeeper.team.token;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.team.Passwords;
import io.smallrye.mutiny.Uni;

/** Signs users in. An unknown address is told in the same words, after the same work, as a wrong password. */
@Singleton
public class SignInService {
    private final UserDirectory users;
    private final Passwords passwords;
    private final UserTokens tokens;
    private final SignInThrottle throttle;

    SignInService(UserDirectory users, Passwords passwords, UserTokens tokens, SignInThrottle throttle) {
        this.users = users;
        this.passwords = passwords;
        this.tokens = tokens;
        this.throttle = throttle;
    }

    /**
     * Gives a token for an address and a password.
     *
     * @param address the client's address, null where it is not known
     * @return fails with {@code token_invalid}, or {@code rate_limited} after too many failures
     */
    public Uni<UserTokens.Issued> signIn(String email, String password, String address) {
        throttle.take(email, address);
        return users.byEmail(email)
                .chain(account -> checked(account, password))
                .invoke(account -> throttle.giveBack(email, address))
                .chain(account -> tokens.issue(account));
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
