package dev.tollkeeper.team.token;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.arc.Arc;

/** User tokens past the service's sign-in, whose password hash is slow on purpose; {@code TokenResourceTest} is about that one. */
public final class TestTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TestTokens() {
    }

    /** A token as signing in gives it, for an active user who has the password with this hash. */
    public static Optional<String> issue(String email, String passwordHash) {
        UserTokens tokens = Arc.container().instance(UserTokens.class).get();
        return Arc.container().instance(UserDirectory.class).get().byEmail(email).await().atMost(PATIENCE)
                .filter(account -> passwordHash.equals(account.passwordHash()))
                .map(account -> tokens.issue(account).await().atMost(PATIENCE).token());
    }
}
