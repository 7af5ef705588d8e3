package dev.tollkeeper.billing.usage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.start.ServiceStart;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Makes the monthly partitions of events ahead of time, and where that has not happened when they are needed. */
@Singleton
public class UsagePartitions {
    private static final Logger LOG = Logger.getLogger(UsagePartitions.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu_MM", Locale.ROOT);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AHEAD = Duration.ofDays(62);

    private final Transactions database;
    private final Clock clock;
    private final Set<YearMonth> made = ConcurrentHashMap.newKeySet();

    UsagePartitions(Transactions database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The earliest time of an event that can be taken now. */
    public static Instant oldest(Instant now) {
        return now.minus(EventJudge.BACK);
    }

    /** Before the first request. A start that cannot reach its database ends elsewhere; here nothing is lost by going on. */
    void onStart(@Observes ServiceStart event) {
        makeAhead().await().indefinitely();
    }

    @Scheduled(every = "24h", delayed = "24h", identity = "usage-partitions")
    Uni<Void> makeAhead() {
        Instant now = clock.instant();
        return make(oldest(now), now.plus(AHEAD))
                .ifNoItem().after(PATIENCE).fail()
                .onFailure().invoke(failed -> LOG.warnf("Partitions for usage are made when they are needed: %s", failed))
                .onFailure().recoverWithNull();
    }

    /** Makes sure, before the transaction that stores them, that there is a place for every event that can be taken now. */
    Uni<Void> ensure(Instant now) {
        Instant from = oldest(now);
        Instant until = now.plus(EventJudge.AHEAD);
        for (YearMonth month = month(from); !month.isAfter(month(until)); month = month.plusMonths(1)) {
            if (!made.contains(month)) {
                return make(from, until);
            }
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> make(Instant from, Instant until) {
        return database.single()
                .run("SELECT make_usage_partitions($1, $2)",
                        Tuple.of(from.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC)))
                .invoke(() -> remember(from, until))
                .replaceWithVoid();
    }

    private void remember(Instant from, Instant until) {
        for (YearMonth month = month(from); !month.isAfter(month(until)); month = month.plusMonths(1)) {
            made.add(month);
        }
    }

    /** Whether the events of a month (UTC) are there, and not in a table of their own by now. */
    public Uni<Boolean> isAttached(YearMonth month) {
        return database.single()
                .run("SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = 'usage_event'::regclass AND inhrelid = to_regclass($1))",
                        Tuple.of(name(month)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** What the partition of a month is called, as make_usage_partitions calls it. */
    static String name(YearMonth month) {
        return "usage_event_" + NAME.format(month);
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }
}
