package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.RedisServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** Rate limits that two replicas count together in a real Redis, with clocks that are two hours apart. */
class SharedWindowsTest extends WindowsContract {
    /** More than by default, for slow machines. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = TIMEOUT.plusSeconds(10);

    @TempDir
    static Path directory;

    private static final String PERMISSIONS = "~tollkeeper:* +eval +evalsha +hmget +hset +hget +hincrby +pexpireat +time +hello +auth +select";

    private static RedisServer redis;
    private static Vertx vertx;
    private static List<OwnWindows> own;
    private static List<SharedWindows> replicas;

    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void start() throws IOException {
        redis = new RedisServer(directory).start();
        vertx = Vertx.vertx();
        own = new ArrayList<>();
        replicas = new ArrayList<>();
        for (Duration ahead : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            var clock = new SkewedClock(ahead);
            own.add(new OwnWindows(clock, 1));
            replicas.add(new SharedWindows(vertx, RedisAddress.options(redis.url(), null), TIMEOUT, clock,
                    own.get(own.size() - 1), "test"));
            replicas.get(replicas.size() - 1).start().toCompletionStage().toCompletableFuture().join();
        }
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            replicas.forEach(SharedWindows::stop);
            vertx.close().toCompletionStage().toCompletableFuture().join();
            redis.close();
        }
    }

    @AfterEach
    void awaitRedis() {
        await().until(() -> replicas.stream().allMatch(SharedWindows::isUp));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    @Override
    Take take(UUID key, RateLimit limit, int uses) {
        return take(asked.getAndIncrement() % 2, key, limit, uses);
    }

    private static Take take(int replica, UUID key, RateLimit limit, int uses) {
        return replicas.get(replica).take(key, limit, uses).await().atMost(Duration.ofSeconds(20));
    }

    private Optional<Take> tryToTake(int replica, RateLimit limit) {
        return replicas.get(replica).take(key, limit, 1).map(Optional::of).onFailure().recoverWithItem(Optional.empty())
                .await().atMost(AT_ONCE);
    }

    @Override
    void end(UUID key, RateLimit limit) {
        assertThat(redis.command("DEL", name(key, limit))).isEqualTo("1");
    }

    private static String name(UUID key, RateLimit limit) {
        return "tollkeeper:rate:" + key + ":" + limit.limit() + ":" + limit.windowSeconds();
    }

    /** Seen to fail with windows that each use makes longer. */
    @Test
    void aWindowEndsByItselfHoweverMuchTheKeyIsUsed() {
        // Given
        var second = new RateLimit(1_000_000, 1);
        long before = System.nanoTime();
        take(key, second, 1);
        // When
        await().until(() -> take(key, second, 1).state().remaining() == second.limit() - 1);
        // Then: by Redis's clock
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void whatIsKeptIsAnIdAndNumbersAndExpiresWithTheWindow() {
        // Given
        var limit = new RateLimit(5, HOUR);
        // When
        take(key, limit, 2);
        // Then
        assertThat(redis.command("KEYS", "*" + key + "*")).isEqualTo(name(key, limit));
        assertThat(redis.command("HGETALL", name(key, limit))).matches("used\\s2\\sends\\s[0-9]{13}");
        assertThat(Long.parseLong(redis.command("PTTL", name(key, limit)))).isBetween(1L, limit.windowMillis());
    }

    @Test
    void aRefusedTakeLeavesNothingBehind() {
        // When
        take(key, new RateLimit(5, HOUR), 6);
        take(key, new RateLimit(5, HOUR), 0);
        // Then
        assertThat(redis.command("KEYS", "*" + key + "*")).isEmpty();
    }

    @Test
    void scriptsThatRedisForgotAreSentAnew() {
        // Given
        var limit = new RateLimit(5, HOUR);
        take(key, limit, 1);
        // When
        redis.command("SCRIPT", "FLUSH");
        // Then
        assertThat(take(key, limit, 1).state().remaining()).isEqualTo(3);
    }

    /**
     * A Vert.x context of its own is what a request has; its database session hangs on it. Seen to fail with an answer
     * that is handed on by another thread.
     */
    @Test
    void theAnswerComesOnTheCallersContext() throws Exception {
        // Given
        ContextInternal caller = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
        var answered = new CompletableFuture<Context>();
        // When
        caller.runOnContext(now -> replicas.get(0).take(key, new RateLimit(5, HOUR), 1).chain(Take::giveBack)
                .subscribe().with(done -> answered.complete(Vertx.currentContext()), answered::completeExceptionally));
        // Then
        assertThat(answered.get(20, TimeUnit.SECONDS)).isSameAs(caller);
    }

    @Test
    void aReplicaKnowsHowToGoOnByItself() {
        // Given
        var limit = new RateLimit(5, HOUR);
        // When
        take(0, key, limit, 3);
        take(1, key, limit, 1);
        // Then
        assertThat(own.get(0).take(key, limit, 0).state().remaining()).isEqualTo(2);
        assertThat(own.get(1).take(key, limit, 0).state().remaining()).isEqualTo(1);
    }

    /** Invariant 19: what nobody waited for is not taken later. Seen to fail without the deadline in the script. */
    @Test
    void aFrozenRedisHoldsNobodyUpAndTakesNothingWhenItGoesOn() {
        // Given
        var limit = new RateLimit(100, HOUR);
        take(0, key, limit, 1);
        // When
        redis.freeze();
        List<Optional<Take>> takes = AtOnce.run(16, i -> tryToTake(i % 2, limit));
        assertThat(takes).containsOnly(Optional.empty());
        await().until(() -> replicas.stream().noneMatch(SharedWindows::isUp));
        redis.thaw();
        // Then
        awaitRedis();
        assertThat(take(0, key, limit, 1).state().remaining()).isEqualTo(98);
    }

    /** Invariant 19 for those who came later than the first who gave up. Seen to fail where he ended the connection at once. */
    @Test
    void whoeverIsAnsweredHasTakenAndWhoeverIsNotHasNot() {
        // Given
        var limit = new RateLimit(100, HOUR);
        take(0, key, limit, 1);
        redis.freeze();
        // When
        long begun = System.nanoTime();
        var early = replicas.get(0).take(key, limit, 1).subscribe().asCompletionStage();
        await().until(() -> System.nanoTime() - begun > TIMEOUT.multipliedBy(3).dividedBy(4).toNanos());
        List<CompletableFuture<Take>> late = IntStream.range(0, 10)
                .mapToObj(i -> replicas.get(0).take(key, limit, 1).subscribe().asCompletionStage()).toList();
        await().until(early::isDone);
        redis.thaw();
        // Then
        await().until(() -> late.stream().allMatch(CompletableFuture::isDone));
        awaitRedis();
        long answered = late.stream().filter(take -> !take.isCompletedExceptionally()).count();
        assertThat(take(0, key, limit, 0).state().remaining()).isEqualTo(99 - answered);
    }

    @Test
    void aRedisThatEndsAndComesBackIsFoundAgain() throws IOException {
        // Given
        var limit = new RateLimit(100, HOUR);
        take(key, limit, 1);
        // When
        redis.kill();
        List<Optional<Take>> takes = AtOnce.run(16, i -> tryToTake(i % 2, limit));
        redis.start();
        // Then
        assertThat(takes).containsOnly(Optional.empty());
        awaitRedis();
        assertThat(take(key, limit, 1).state().remaining()).isEqualTo(99);
    }

    /** {@code docs/guides/rate-limits.md}. Seen to fail without one of them. */
    @Test
    void aUserWithThePermissionsOfTheGuideIsEnough() {
        // Given
        List<String> user = new ArrayList<>(List.of("ACL", "SETUSER", "tollkeeper", "on", ">password"));
        user.addAll(List.of(PERMISSIONS.split(" ")));
        assertThat(redis.command(user.toArray(String[]::new))).isEqualTo("OK");
        String url = redis.url().replaceFirst("//.*@", "//tollkeeper:password@") + "/0";
        var windows = new SharedWindows(vertx, RedisAddress.options(url, null), TIMEOUT, new SkewedClock(Duration.ZERO),
                own.get(0), "test");
        windows.start().toCompletionStage().toCompletableFuture().join();
        var limit = new RateLimit(5, HOUR);
        // When
        Take taken = windows.take(key, limit, 2).await().atMost(AT_ONCE);
        taken.giveBack().await().atMost(AT_ONCE);
        windows.stop();
        // Then
        assertThat(take(key, limit, 0).state().remaining()).isEqualTo(5);
    }

    /** A Redis that takes no writes is of no use: full, or a replica of another. Seen to fail with a check that ignores errors. */
    @Test
    void aRedisThatCannotCountIsOutOfReach() {
        // When
        redis.command("REPLICAOF", "127.0.0.1", "1");
        // Then
        try {
            await().until(() -> replicas.stream().noneMatch(SharedWindows::isUp));
            assertThat(tryToTake(0, new RateLimit(5, HOUR))).isEmpty();
        } finally {
            redis.command("REPLICAOF", "NO", "ONE");
        }
    }

    /** A Redis that hangs collects no connections. Seen to fail with clients that are not closed. */
    @Test
    void noConnectionIsLeftBehind() {
        // Given
        redis.freeze();
        await().until(() -> replicas.stream().noneMatch(SharedWindows::isUp));
        redis.thaw();
        awaitRedis();
        // Then: one for each replica, and the one that asks
        await().until(() -> redis.command("CLIENT", "LIST").lines().count() == 3);
    }
}
