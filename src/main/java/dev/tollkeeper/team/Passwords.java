package dev.tollkeeper.team;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Hashes passwords with Argon2id (RFC 9106) at OWASP's minimum: 19 MiB, two passes, one lane. On threads of its own, as
 * many as are good for the machine, so that signing in can neither block an event loop nor use up the memory.
 */
@Singleton
public class Passwords {
    /** Shorter passwords are refused (NIST SP 800-63B). */
    public static final int MIN_LENGTH = 8;
    /** Longer ones would only cost time. */
    public static final int MAX_LENGTH = 200;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;

    private final Argon2Function argon2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            work -> {
                Thread thread = new Thread(work, "passwords");
                thread.setDaemon(true);
                return thread;
            });
    /** The hash of nobody's password: checked for an unknown address, so that it takes the same time. */
    private final String nobody = hashNow("nobody has this password");

    /** The hash of a password, with a new random salt. */
    public Uni<String> hash(String password) {
        return offLoop(Uni.createFrom().item(() -> hashNow(password)));
    }

    /**
     * Whether a password is the one that was hashed; takes as long where there is no hash.
     *
     * @param hash the stored hash, null where there is no such user
     */
    public Uni<Boolean> matches(String password, String hash) {
        return offLoop(Uni.createFrom().item(() -> {
            boolean same = Password.check(password, hash == null ? nobody : hash).with(argon2);
            return same && hash != null;
        }));
    }

    private String hashNow(String password) {
        return Password.hash(password).addRandomSalt().with(argon2).getResult();
    }

    private <T> Uni<T> offLoop(Uni<T> work) {
        Context caller = Vertx.currentContext();
        Executor back = caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
        return work.runSubscriptionOn(threads).emitOn(back);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
