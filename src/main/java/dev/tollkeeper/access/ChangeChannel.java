package dev.tollkeeper.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.DatabaseClock;
import dev.tollkeeper.database.Listener;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.start.ServiceStart;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * The channel on which the database tells every replica what has changed (PostgreSQL's LISTEN and NOTIFY).
 * <p>
 * The database sends notifications in the order of the commits. So when a mark that this replica sent itself comes back,
 * it has heard of every change that was committed before. Marks are sent all the time; while they come back, what is
 * remembered is known to be right.
 * <p>
 * Application scoped, since filters are made before there is a configuration to make this from.
 */
@ApplicationScoped
class ChangeChannel {
    private static final Logger LOG = Logger.getLogger(ChangeChannel.class);
    private static final String NAME = "tollkeeper";
    private static final String SEND = "SELECT pg_notify($1, $2), pg_current_snapshot()::text AS snapshot, now() AS at, "
            + "(SELECT " + MissedChanges.RUN + " FROM replica WHERE id = $3) AS run";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Without a mark for so long, the connection is taken for dead and made anew. */
    private static final Duration DEAF_AFTER = Duration.ofSeconds(3);
    private static final Duration[] BUCKETS = {Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(1)};

    private final Changes changes;
    private final MissedChanges missed;
    private final Sql sql;
    private final ReplicaLease lease;
    private final String ownMark;
    private final ConcurrentMap<Long, Sent> sent = new ConcurrentHashMap<>();
    private final AtomicLong marks = new AtomicLong();
    private final Listener listener;
    private final DatabaseClock databaseClock;
    private final Timer roundTrips;
    /** Every change that was committed before this moment has been heard of, by {@link System#nanoTime()}. */
    private final AtomicLong heardUntil = new AtomicLong(System.nanoTime() - TimeUnit.DAYS.toNanos(1));

    private record Sent(long atNanos, CompletableFuture<Void> heard) {
    }

    ChangeChannel(Changes changes, MissedChanges missed, ReplicaLease lease, Pool pool, Listener listener,
            DatabaseClock databaseClock, MeterRegistry metrics) {
        this.changes = changes;
        this.missed = missed;
        this.lease = lease;
        this.ownMark = "mark " + lease.id() + ' ';
        this.sql = Sql.on(pool);
        this.listener = listener;
        this.databaseClock = databaseClock;
        this.roundTrips = Timer.builder("tollkeeper.change.mark")
                .description("How long a change takes until this replica hears of it")
                .serviceLevelObjectives(BUCKETS).register(metrics);
        Gauge.builder("tollkeeper_change_channel_age_seconds", this, ChangeChannel::ageSeconds)
                .description("Every change that was committed before so long ago has been heard of").register(metrics);
    }

    void onStart(@Observes ServiceStart event) {
        listener.listen(NAME, DEAF_AFTER, () -> new Subscription(changes::changed, this::catchUp, ownMark, this::heard));
    }

    /** What was committed while nobody listened went unheard. The mark is soon heard of, and makes what is left fresh again. */
    private Uni<Void> catchUp(Sql listening) {
        mark().subscribe().with(heard -> LOG.debug("Listening for changes"),
                failed -> LOG.debugf("The first mark was not heard: %s", failed.toString()));
        return missed.learn(listening);
    }

    private void heard(long number) {
        Sent mark = sent.remove(number);
        if (mark != null) {
            roundTrips.record(System.nanoTime() - mark.atNanos(), TimeUnit.NANOSECONDS);
            heardUntil.accumulateAndGet(mark.atNanos(), (one, other) -> one - other > 0 ? one : other);
            mark.heard().complete(null);
        }
    }

    private double ageSeconds() {
        return (System.nanoTime() - heardUntil.get()) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Whether every change that was committed up to so long ago has been heard of. */
    boolean heardWithin(long nanos) {
        return System.nanoTime() - heardUntil.get() <= nanos;
    }

    /** Sends a mark; completes when it comes back, and fails where it does not within a second. */
    Uni<Void> mark() {
        return send().replaceWithVoid();
    }

    /** Sends a mark; completes with what was heard of before it. */
    private Uni<ReplicaLease.Heard> send() {
        long number = marks.incrementAndGet();
        Sent mark = new Sent(System.nanoTime(), new CompletableFuture<>());
        sent.put(number, mark);
        Instant asked = Instant.now();
        return sql.run(SEND, Tuple.of(NAME, ownMark + number, lease.id()))
                .invoke(rows -> databaseClock.compare(asked, rows.iterator().next().getOffsetDateTime("at").toInstant(),
                        Instant.now()))
                .call(() -> Uni.createFrom().completionStage(mark.heard()))
                .map(ChangeChannel::heard)
                .invoke(missed::heard)
                .ifNoItem().after(PATIENCE).fail()
                .onTermination().invoke(() -> sent.remove(number));
    }

    /** What the mark's own statement saw was committed before it, and so was told before the mark. */
    private static ReplicaLease.Heard heard(RowSet<Row> sent) {
        Row row = sent.iterator().next();
        return new ReplicaLease.Heard(row.getString("snapshot"), row.getOffsetDateTime("at"), row.getString("run"));
    }

    /** Marks wait neither for each other nor for the lease: where nothing at all comes back, the connection is taken for dead. */
    @Scheduled(every = "1s", identity = "change-channel")
    Uni<Void> keepAlive() {
        return send()
                .map(Optional::of)
                .onFailure().recoverWithItem(Optional.empty())
                .invoke(lease::renew)
                .replaceWithVoid();
    }
}
