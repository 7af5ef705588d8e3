package dev.tollkeeper.webhook;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.OutageLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Sends what is due: on every replica, each second, and again as soon as a webhook has been told what was claimed for it. A
 * receiver that is slow holds up its own deliveries and nobody else's.
 */
@Singleton
class DeliveryJob {
    private static final Logger LOG = Logger.getLogger(DeliveryJob.class);
    /** How many deliveries this replica has under way at once: to one webhook, and to all. */
    static final int MOST_EACH = 5;
    private static final int MOST = 200;

    private final DeliveryClaims claims;
    private final DeliverySender sender;
    private final OutageLog outage;
    private final ConcurrentMap<UUID, Integer> underWay = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    DeliveryJob(DeliveryClaims claims, DeliverySender sender, OutageLog outage) {
        this.outage = outage;
        this.claims = claims;
        this.sender = sender;
    }

    @Scheduled(every = "1s", identity = "webhook-deliveries", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sendDue() {
        int room = MOST - underWay.values().stream().mapToInt(Integer::intValue).sum();
        if (stopping || room <= 0) {
            return Uni.createFrom().voidItem();
        }
        return claims.claim(underWay.keySet(), MOST_EACH, room)
                .invoke(claimed -> claimed.forEach(this::start))
                .replaceWithVoid()
                .onFailure().invoke(this::note)
                .onFailure().recoverWithNull();
    }

    private void note(Throwable failure) {
        if (DatabaseFailures.isUnreachable(failure)) {
            outage.outOfReach(failure);
        } else {
            LOG.warnf("Webhooks are told of nothing for now: %s", failure.toString());
        }
    }

    private void start(DueDelivery due) {
        underWay.merge(due.webhookId(), 1, Integer::sum);
        sender.send(due).subscribe().with(sent -> end(due), failed -> {
            LOG.warnf("What came of delivery %s was not written, it is sent again: %s", due.id(), failed.toString());
            end(due);
        });
    }

    /** What is under way may still end; what does not is sent again by another replica. */
    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void end(DueDelivery due) {
        if (underWay.computeIfPresent(due.webhookId(), (webhook, count) -> count == 1 ? null : count - 1) == null) {
            sendDue().subscribe().with(claimed -> LOG.trace("What was due meanwhile is under way"));
        }
    }
}
