package dev.tollkeeper.billing.usage;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import jakarta.inject.Singleton;

import dev.tollkeeper.billing.ReporterAccess;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.DatabaseClock;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;

/** Takes usage in. */
@Singleton
class UsageService {
    private static final int MOST_EVENTS = 1000;

    private final ReporterAccess reporters;
    private final UsagePartitions partitions;
    private final IngestQueue queue;
    private final DatabaseClock clock;

    UsageService(ReporterAccess reporters, UsagePartitions partitions, IngestQueue queue, DatabaseClock clock) {
        this.reporters = reporters;
        this.partitions = partitions;
        this.queue = queue;
        this.clock = clock;
    }

    /** Records usage; the answer comes after the commit. */
    Uni<UsageReceipt> record(Caller caller, String projectId, List<EventInput> inputs) {
        if (inputs.isEmpty() || inputs.size() > MOST_EVENTS) {
            throw DomainError.invalidField("events", "must be 1 to " + MOST_EVENTS + " events");
        }
        return reporters.require(caller, projectId)
                .chain(project -> record(project, inputs));
    }

    private Uni<UsageReceipt> record(ProjectRef project, List<EventInput> inputs) {
        EventResult[] results = new EventResult[inputs.size()];
        List<UsageEvent> events = read(inputs, results);
        if (events.isEmpty()) {
            return Uni.createFrom().item(UsageReceipt.of(List.of(results)));
        }
        return partitions.ensure(clock.now())
                .chain(() -> queue.submit(new Submission(project, events)))
                .map(taken -> UsageReceipt.of(merge(results, taken)));
    }

    /** The events that can be read; the others' results are put in their places. */
    private static List<UsageEvent> read(List<EventInput> inputs, EventResult[] results) {
        List<UsageEvent> events = new ArrayList<>();
        for (int place = 0; place < results.length; place++) {
            EventInput input = inputs.get(place);
            try {
                events.add(EventReader.read(input));
            } catch (DomainError unreadable) {
                results[place] = EventResult.invalid(input.id(), unreadable);
            }
        }
        return events;
    }

    private static List<EventResult> merge(EventResult[] results, List<EventResult> taken) {
        List<EventResult> merged = new ArrayList<>(results.length);
        Iterator<EventResult> next = taken.iterator();
        for (EventResult result : results) {
            merged.add(result == null ? next.next() : result);
        }
        return merged;
    }
}
