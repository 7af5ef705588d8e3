package dev.tollkeeper.team.user;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.Passwords;
import dev.tollkeeper.team.token.SignInThrottle;
import io.smallrye.mutiny.Uni;

/**
 * Asks users who change how they sign in for their present password, so that a token that was left open or stolen does not
 * give the account away. Guessing is slowed down like signing in is.
 */
@Singleton
class OwnPassword {
    private static final String FIELD = "current_password";

    private final Passwords passwords;
    private final SignInThrottle throttle;

    OwnPassword(Passwords passwords, SignInThrottle throttle) {
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * Checks the present password, where users change their own address or password.
     *
     * @param address the client's address
     */
    Uni<Void> prove(Caller caller, Subject subject, UserChange change, String address) {
        if (!UserRules.isSelf(caller, subject.id()) || !change.changesSignIn(subject)) {
            return Uni.createFrom().voidItem();
        }
        if (change.currentPassword() == null) {
            throw DomainError.invalidField(FIELD, "is needed to change your own email or password");
        }
        throttle.take(subject.email(), address);
        return passwords.matches(change.currentPassword(), subject.passwordHash()).invoke(right -> {
            if (!right) {
                throw DomainError.invalidField(FIELD, "is not your present password. Nothing was changed");
            }
            throttle.giveBack(subject.email(), address);
        }).replaceWithVoid();
    }
}
