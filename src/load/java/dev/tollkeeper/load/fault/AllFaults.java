package dev.tollkeeper.load.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The faults that are tried, one after the other. */
final class AllFaults {
    private static final Duration WHILE = Duration.ofSeconds(10);
    /** Longer than known keys are verified without the database, which is 30 s. */
    private static final Duration LONG_WHILE = Duration.ofSeconds(40);
    private static final Duration LATE = Duration.ofMillis(50);

    private AllFaults() {
    }

    /** Those whose names this regular expression finds. */
    static List<Fault> named(String expression) {
        return all().stream().filter(fault -> Pattern.compile(expression).matcher(fault.name()).find()).toList();
    }

    private static List<Fault> all() {
        return List.of(
                new Fault("Rolling restart", "SIGTERM to one replica, then to the other; each is started again when it has ended.",
                        AllFaults::restartEach, Duration.ZERO, AllFaults::nothing, false, true, Optional.empty()),
                fault("Kill -9 of a replica", "SIGKILL to one of the two; it is started again 10 s later.",
                        installation -> installation.service(1).kill(), WHILE, installation -> startAgain(installation, 1)),
                fault("PostgreSQL restarts", "`pg_ctl stop -m immediate`; started again 10 s later.",
                        installation -> installation.postgres().stop(), WHILE, installation -> installation.postgres().restart()),
                fault("PostgreSQL away for long", "Stopped for 40 s: longer than `TOLLKEEPER_CACHE_MAX_STALE`.",
                        installation -> installation.postgres().stop(), LONG_WHILE, installation -> installation.postgres().restart()),
                fault("PostgreSQL freezes", "SIGSTOP to each of its processes for 10 s: it takes connections and answers nothing.",
                        installation -> installation.postgres().freeze(), WHILE, installation -> installation.postgres().thaw()),
                new Fault("PostgreSQL's disk is full", "Its tmpfs is filled to the last byte; 20 s later that is deleted, and PostgreSQL is "
                        + "started again if it has given up.", FullDisk::fill, Duration.ofSeconds(20), FullDisk::empty, false, false, FullDisk.missing()),
                noConnectionLeft(),
                fault("Slow network", "Every packet between the replicas and PostgreSQL is 50 ms late, for 10 s.",
                        installation -> installation.wire().delay(LATE), WHILE, installation -> installation.wire().delay(Duration.ZERO)),
                fault("Network to the database cut", "Its connections end, and no new one is taken, for 10 s.",
                        installation -> installation.wire().cut(), WHILE, installation -> installation.wire().mend()),
                clock("Clock an hour ahead", "+1h"), clock("Clock an hour behind", "-1h"),
                fault("Redis gone", "SIGKILL to Redis; an empty one is started 10 s later.", installation -> installation.redis().kill(),
                        WHILE, installation -> installation.redis().start()));
    }

    private static Fault fault(String name, String does, Fault.Step begin, Duration lasts, Fault.Step end) {
        return new Fault(name, does, begin, lasts, end, false, false, Optional.empty());
    }

    private static Fault noConnectionLeft() {
        var hog = new ConnectionHog();
        return fault("PostgreSQL has no connection left", "Another client ends the replicas' connections and takes every one for 10 s.",
                hog::takeAll, WHILE, installation -> hog.letGo());
    }

    private static Fault clock(String name, String by) {
        return new Fault(name, "One replica's clock jumps by " + by + ", and back 10 s later.",
                installation -> installation.fakeTime().set(by), WHILE, installation -> installation.fakeTime().set("+0"), true, false,
                FakeTime.missing());
    }

    private static void nothing(Installation installation) {
        installation.haproxy().awaitBothUp();
    }

    private static void restartEach(Installation installation) throws Exception {
        for (int i = 0; i < installation.services(); i++) {
            installation.haproxy().awaitBothUp();
            installation.service(i).terminate();
            installation.service(i).awaitEnd();
            startAgain(installation, i);
        }
    }

    private static void startAgain(Installation installation, int service) throws Exception {
        installation.launch(service);
        installation.service(service).awaitReady();
        installation.haproxy().awaitBothUp();
    }
}
