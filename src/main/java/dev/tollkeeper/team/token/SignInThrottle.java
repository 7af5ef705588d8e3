package dev.tollkeeper.team.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;

/**
 * Slows down guessing: each address and each account has a few tries, which come back one by one. Right passwords cost
 * no try.
 */
@Singleton
public class SignInThrottle {
    private static final int MOST_TRACKED = 100_000;

    private final Cache<String, Bucket> tries;
    private final TimeMeter time;
    private final int accountTries;
    private final int addressTries;
    private final Duration tryComesBackAfter;

    SignInThrottle(Clock clock,
            @ConfigProperty(name = "tollkeeper.sign-in.account-tries", defaultValue = "10") int accountTries,
            @ConfigProperty(name = "tollkeeper.sign-in.address-tries", defaultValue = "30") int addressTries,
            @ConfigProperty(name = "tollkeeper.sign-in.try-comes-back-after", defaultValue = "30s") Duration tryComesBackAfter) {
        this.time = new ClockMeter(clock);
        this.accountTries = accountTries;
        this.addressTries = addressTries;
        this.tryComesBackAfter = tryComesBackAfter;
        this.tries = Caffeine.newBuilder().maximumSize(MOST_TRACKED)
                .expireAfterAccess(tryComesBackAfter.multipliedBy(Math.max(accountTries, addressTries))).build();
    }

    /**
     * Takes a try; a sign-in that succeeds gives it back.
     *
     * @throws DomainError {@code rate_limited} with the time until the next try
     */
    public void take(String email, String address) {
        take(address(address));
        try {
            take(account(email));
        } catch (DomainError tooMany) {
            address(address).addTokens(1);
            throw tooMany;
        }
    }

    /** Gives back the try that a right password took. */
    public void giveBack(String email, String address) {
        account(email).addTokens(1);
        address(address).addTokens(1);
    }

    private static void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw DomainError.tryLater(ErrorCode.RATE_LIMITED, "Too many failed sign-ins. Try again later.",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket account(String email) {
        return bucket("account " + email.toLowerCase(Locale.ROOT), accountTries);
    }

    private Bucket address(String address) {
        return bucket("address " + address, addressTries);
    }

    private Bucket bucket(String name, int capacity) {
        return tries.get(name, created -> Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(1, tryComesBackAfter)).build());
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
