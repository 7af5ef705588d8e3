package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.secret.Peppers;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.Way;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Multi;

/**
 * Invariant 22: keys that nobody has are remembered in bounded numbers, and put nothing out that is remembered of good ones.
 * What they cost in memory and time is measured by the benchmark (docs/performance.md).
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RandomKeysTest {
    private static final int AT_ONCE = 256;

    private final TestTeam team = TestTeam.create();
    private final Random random = new Random(22);

    @Inject
    KeyFinder finder;
    @Inject
    MeterRegistry metrics;
    @Inject
    KeyLookup lookup;
    @Inject
    ChangeChannel channel;
    @Inject
    Changes changes;
    @Inject
    Peppers peppers;
    @Inject
    Clock clock;

    @Test
    void theyPutNoGoodKeyOut() {
        // Given
        List<String> good = Stream.generate(() -> team.ordinaryKey().secret()).limit(20).toList();
        good.forEach(this::assertValidByAllWays);
        double before = entries(metrics, "keys");
        // When
        for (Way way : Way.values()) {
            AtOnce.run(200, i -> assertThat(ask(way, random())).isEqualTo("key_invalid"));
        }
        // Then
        assertThat(entries(metrics, "keys")).isEqualTo(before);
        assertThat(entries(metrics, "unknown_secrets")).isPositive();
        assertThat(good)
                .allSatisfy(secret -> assertThat(finder.remembered(KeySecret.parse(secret).orElseThrow()).key()).isPresent());
    }

    /** Without the end of their time, which would bound their number by how fast they come. Seen to fail without the bound. */
    @Test
    void noMoreThanAFixedNumberIsRemembered() {
        // Given
        var own = new SimpleMeterRegistry();
        var settings = new LongMemory();
        var patient = new KeyFinder(lookup, new Remembered<>(10, changes), new Freshness(channel, settings), settings, peppers,
                own, clock);
        // When
        Multi.createFrom().range(0, KeyFinder.MOST_UNKNOWN + KeyFinder.MOST_UNKNOWN / 10)
                .map(i -> KeySecret.generate(KeyKind.ORDINARY, random)).onItem().transformToUni(patient::find).merge(AT_ONCE)
                .collect().last().await().atMost(Duration.ofMinutes(2));
        // Then
        Awaitility.await().untilAsserted(() -> assertThat(entries(own, "unknown_secrets"))
                .isBetween(KeyFinder.MOST_UNKNOWN * 0.9, (double) KeyFinder.MOST_UNKNOWN));
        assertThat(entries(own, "keys")).isZero();
    }

    private record LongMemory() implements CacheSettings {
        @Override
        public int maxKeys() {
            return 10;
        }

        @Override
        public Duration maxAge() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration maxStale() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration lookupTimeout() {
            return Duration.ofSeconds(20);
        }
    }

    private void assertValidByAllWays(String secret) {
        for (Way way : Way.values()) {
            assertThat(ask(way, secret)).isEqualTo("valid");
        }
    }

    private String ask(Way way, String secret) {
        return way.ask(RestAssured.port, secret, "127.0.0.1", team.managementKey());
    }

    private String random() {
        return KeySecret.generate(KeyKind.ORDINARY, random).reveal();
    }

    private static double entries(MeterRegistry metrics, String cache) {
        return metrics.get("tollkeeper.cache.entries").tag("cache", cache).gauge().value();
    }
}
