package dev.tollkeeper.load.fault;

import static dev.tollkeeper.load.fault.Course.Outcome;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.awaitility.Awaitility;

import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.Load.Answer;
import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.MixedCalls;

/** Puts an installation under load, lets one thing fail, mends it, and looks at what became of everything. */
final class Trial {
    private static final Duration PAUSE = Duration.ofMillis(4);
    private static final Duration BEFORE = Duration.ofSeconds(3);
    /** Without a request that fails it is taken for recovered. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Installation installation;
    private final MixedCalls calls;

    Trial(Installation installation) {
        this.installation = installation;
        this.calls = new MixedCalls(installation.haproxy().url(), installation.haproxy().grpcPort(),
                Map.of("rate_limit", Map.of("limit", 1_000_000_000, "window_seconds", 3600)));
    }

    /** Until the processes have compiled what they do most. */
    void warmUp(Duration lasts) throws InterruptedException {
        try (Load load = Load.begin(calls.clients(), PAUSE)) {
            pass(lasts);
            load.end();
        }
    }

    Course of(Fault fault) throws Exception {
        int from = calls.last();
        List<Supplier<Call>> clients = new ArrayList<>(calls.clients());
        Revoker revoker = new Revoker(installation.haproxy().url(), calls, clients.get(0));
        clients.set(0, revoker);
        try (Load load = Load.begin(clients, PAUSE)) {
            pass(BEFORE);
            long begun = System.nanoTime();
            fault.begin().on(installation);
            pass(fault.lasts());
            long mended = System.nanoTime();
            fault.end().on(installation);
            awaitRecovered(load);
            List<Answer> answers = load.end();
            long acknowledged = done(answers, MixedCalls.CREATE) + done(answers, MixedCalls.EVENTS) + revoker.acknowledged();
            return new Course(fault, answers, begun, mended, acknowledged, lost(from, answers, revoker));
        }
    }

    private void awaitRecovered(Load load) {
        Awaitility.await("recovered").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            long since = System.nanoTime() - QUIET.toNanos();
            return !load.has(answer -> answer.endNanos() > since && outcome(answer) != Outcome.RIGHT)
                    && load.count(answer -> answer.endNanos() > since).keySet().containsAll(calls.kinds());
        });
    }

    Outcome outcome(Answer answer) {
        return Course.outcome(answer, right(answer.what()));
    }

    private String right(String what) {
        return what.equals(Revoker.REVOKE) ? Revoker.RIGHT : calls.right(what);
    }

    private long done(List<Answer> answers, String what) {
        return answers.stream().filter(answer -> answer.what().equals(what) && answer.told().equals(calls.right(what))).count();
    }

    /** What was answered as done and is not. Then everything is sent again, as clients do, and has to be there once. */
    private long lost(int from, List<Answer> answers, Revoker revoker) throws SQLException {
        long lost = Math.max(0, done(answers, MixedCalls.CREATE) - keys(from)) + Math.max(0, done(answers, MixedCalls.EVENTS) - events(from));
        for (int i = 0; i < installation.services(); i++) {
            lost += revoker.lost(installation.service(i).port());
        }
        Map<String, Integer> sent = new HashMap<>();
        for (int once = from + 1; once <= calls.last(); once++) {
            calls.again(once);
            for (String what : List.of(MixedCalls.CREATE, MixedCalls.EVENTS)) {
                sent.merge(what, calls.isOf(once, what) ? 1 : 0, Integer::sum);
            }
        }
        if (keys(from) != sent.get(MixedCalls.CREATE) || events(from) != sent.get(MixedCalls.EVENTS)) {
            throw new IllegalStateException("of %s, sent twice, there are %d keys and %d events".formatted(sent, keys(from), events(from)));
        }
        return lost;
    }

    private long keys(int from) throws SQLException {
        return count("SELECT count(*) FROM api_key WHERE name LIKE 'once %' AND substr(name, 6)::int > " + from);
    }

    private long events(int from) throws SQLException {
        return count("SELECT count(*) FROM usage_event WHERE event_id::int > " + from);
    }

    private long count(String sql) throws SQLException {
        try (var connection = installation.postgres().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Lets the load go on for so long. */
    private static void pass(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
