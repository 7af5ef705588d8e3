package dev.tollkeeper.team;

import java.util.Base64;
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
    private static final int SALT_BYTES = 64;
    private static final int HASH_BYTES = 32;
    /** A hash of no password: checked for an unknown address, so that it takes the same time. Made up, as hashing would hold up each start. */
    private static final String NOBODY = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s".formatted(MEMORY_KIB, PASSES, LANES,
            base64(new byte[SALT_BYTES]), base64(new byte[HASH_BYTES]));

    /** Made with the first password: the library keeps those 19 MiB from then on. */
    private static final class Algorithm {
        private static final Argon2Function ARGON2 = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES,
                Argon2.ID);

        private Algorithm() {
        }
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            work -> {
                Thread thread = new Thread(work, "passwords");
                thread.setDaemon(true);
                return thread;
            });

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
            boolean same = Password.check(password, hash == null ? NOBODY : hash).with(Algorithm.ARGON2);
            return same && hash != null;
        }));
    }

    private String hashNow(String password) {
        return Password.hash(password).addRandomSalt().with(Algorithm.ARGON2).getResult();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
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
