package dev.tollkeeper.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Replicas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Clients of every kind for a while: nothing is answered wrong, and the service needs no more at the end than before. A minute at a
 * gentle rate; {@code -Dtollkeeper.soak=PT1H} is an hour at 70 % of what the machine can, and {@code target/soak/soak.html} its course.
 */
class SoakIT {
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration CAPACITY = Duration.ofSeconds(30);
    private static final double OF_CAPACITY = 0.7;
    private static final double GENTLE = 200;
    private static final int CLIENTS = 20;
    private static final int SAMPLES = 120;
    /** Of four parts of its course, how much the last may need above the second, when everything was warm. */
    private static final double FLAT = 1.15;
    private static final double FEW_DESCRIPTORS = 30;

    @TempDir
    Path directory;

    @Test
    void itNeedsNoMoreAtTheEndThanBeforeAndAnswersEverythingRight() throws Exception {
        // Given
        String asked = System.getProperty("tollkeeper.soak", "");
        Duration lasts = asked.isEmpty() ? SHORT : Duration.parse(asked);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
                PackagedService service = PackagedService.launch(directory,
                        Replicas.environment(postgres.getPort(), Map.of("TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", "10000000")))
                        .awaitReady()) {
            MixedCalls calls = new MixedCalls(service);
            measure(calls, WARM_UP);
            double rate = asked.isEmpty() ? GENTLE : OF_CAPACITY * measure(calls, CAPACITY);
            // When
            List<Sample> samples = new ArrayList<>();
            try (SoakLoad load = new SoakLoad(calls, CLIENTS, rate)) {
                soak(service, postgres, load, lasts, samples);
                // Then
                assertThat(load.errors()).isEmpty();
            } finally {
                SoakReport.write("%d minutes at %.0f requests a second".formatted(lasts.toMinutes(), rate), samples);
            }
            assertThat(later(samples, Sample::descriptors)).isLessThan(before(samples, Sample::descriptors) + FEW_DESCRIPTORS);
            assertThat(later(samples, Sample::threads)).isLessThan(before(samples, Sample::threads) + FEW_DESCRIPTORS);
            if (!asked.isEmpty()) {
                // A minute is too short for this: the heap is still growing towards its first collections.
                assertThat(later(samples, Sample::residentMebibytes))
                        .isLessThan(FLAT * before(samples, Sample::residentMebibytes));
            }
        }
    }

    /** As fast as they can: how many requests a second that is. */
    private static double measure(MixedCalls calls, Duration lasts) throws InterruptedException {
        try (SoakLoad load = new SoakLoad(calls, CLIENTS, 0)) {
            Thread.sleep(lasts.toMillis());
            return load.latencies().getTotalCount() / (double) lasts.toSeconds();
        }
    }

    private static void soak(PackagedService service, EmbeddedPostgres postgres, SoakLoad load, Duration lasts,
            List<Sample> samples)
            throws Exception {
        long begun = System.nanoTime();
        double before = 0;
        while (before < lasts.toSeconds()) {
            Thread.sleep(lasts.toMillis() / SAMPLES);
            double now = (System.nanoTime() - begun) / 1e9;
            samples.add(Sample.of(service, postgres, now, before, load.latencies()));
            before = now;
        }
    }

    private static double before(List<Sample> samples, ToDoubleFunction<Sample> what) {
        return Sample.mean(samples.stream().skip(samples.size() / 4).limit(samples.size() / 4), what);
    }

    private static double later(List<Sample> samples, ToDoubleFunction<Sample> what) {
        return Sample.mean(samples.stream().skip(samples.size() * 3L / 4), what);
    }
}
