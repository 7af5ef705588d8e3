package dev.tollkeeper.key;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Tells the operator how many secrets still need an older pepper, in the log and as a metric: when none does, the pepper
 * may go.
 */
@Singleton
class PepperCensus {
    private static final Logger LOG = Logger.getLogger(PepperCensus.class);

    private final KeySecretRepository secrets;
    private final String newest;
    private final Set<String> configured;
    private final Set<String> older;
    private final Sql sql;
    private final Clock clock;
    private final MultiGauge gauge;
    private volatile Map<String, Long> told = Map.of();

    PepperCensus(KeySecretRepository secrets, Peppers peppers, Pool pool, Clock clock, MeterRegistry registry) {
        this.secrets = secrets;
        this.newest = peppers.newest().id();
        this.configured = peppers.all().map(Pepper::id).collect(Collectors.toUnmodifiableSet());
        this.older = peppers.all().skip(1).map(Pepper::id).collect(Collectors.toUnmodifiableSet());
        this.sql = Sql.on(pool);
        this.clock = clock;
        this.gauge = MultiGauge.builder("tollkeeper.old.pepper.secrets")
                .description("Secrets of keys under a pepper that is not the newest; refused where it is not configured")
                .register(registry);
    }

    /** Counts at the start, and now and then. */
    @Scheduled(every = "10m", identity = "pepper-census", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return secrets.countByPepper(sql, newest, clock.instant())
                .invoke(this::tell)
                .replaceWithVoid()
                .onFailure().invoke(failed -> LOG.warnf("Secrets under older peppers were not counted: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }

    private void tell(Map<String, Long> found) {
        Map<String, Long> counts = new TreeMap<>(found);
        // What there was before is told to be none now.
        Set<String> expected = new HashSet<>(older);
        expected.addAll(told.keySet());
        expected.forEach(pepper -> counts.putIfAbsent(pepper, 0L));
        gauge.register(counts.entrySet().stream().map(this::row).toList(), true);
        Map<String, Long> news = new HashMap<>(counts);
        news.entrySet().removeAll(told.entrySet());
        news.forEach(this::log);
        told = counts;
    }

    private MultiGauge.Row<?> row(Map.Entry<String, Long> counted) {
        String known = Boolean.toString(configured.contains(counted.getKey()));
        return MultiGauge.Row.of(Tags.of("pepper", counted.getKey(), "configured", known), counted.getValue());
    }

    private void log(String pepper, long secretsLeft) {
        if (!configured.contains(pepper)) {
            LOG.warnf("%d secrets of keys are under pepper %s, which TOLLKEEPER_KEY_PEPPERS does not hold: they are refused",
                    secretsLeft, pepper);
        } else if (secretsLeft > 0) {
            LOG.infof("%d secrets of keys are under the older pepper %s: it has to stay", secretsLeft, pepper);
        } else {
            LOG.infof("No key needs the older pepper %s any more", pepper);
        }
    }
}
