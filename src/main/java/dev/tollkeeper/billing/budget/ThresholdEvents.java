package dev.tollkeeper.billing.budget;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.money.Decimals;
import dev.tollkeeper.webhook.Outbox;
import dev.tollkeeper.webhook.WebhookType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Tells a team's webhooks of thresholds, in the transaction that reached them. */
@Singleton
class ThresholdEvents {
    private static final Logger LOG = Logger.getLogger(ThresholdEvents.class);

    private final Outbox outbox;

    ThresholdEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    Uni<Void> tell(Sql sql, UUID teamId, List<Firing> fired) {
        return Multi.createFrom().iterable(fired)
                .invoke(firing -> log(teamId, firing))
                .onItem().transformToUniAndConcatenate(
                        firing -> outbox.append(sql, teamId, WebhookType.BUDGET_THRESHOLD_REACHED, data(teamId, firing)))
                .collect().last().replaceWithVoid();
    }

    private static void log(UUID teamId, Firing firing) {
        LOG.infof("Budget %s of team %s reached %s of its limit in the window from %s", firing.count().of().budget().id(),
                teamId,
                firing.threshold().toPlainString(), firing.count().of().window().startsAt());
    }

    private static Map<String, Object> data(UUID teamId, Firing firing) {
        Budget budget = firing.count().of().budget();
        BudgetTerms terms = budget.terms();
        UUID subject = firing.count().subject();
        Map<String, Object> data = new HashMap<>();
        data.put("team_id", teamId);
        data.put("project_id", budget.projectId());
        data.put("budget_id", budget.id());
        data.put("name", terms.name());
        data.put("scope", terms.scope().word());
        data.put("key_id", terms.scope() == BudgetScope.EACH_KEY ? subject : terms.keyId());
        data.put("user_id", terms.scope() == BudgetScope.EACH_USER ? subject : terms.userId());
        data.put("threshold", Decimals.quantity(firing.threshold()));
        data.put("spent", Decimals.money(firing.count().spent()));
        data.put("hard_limit", Decimals.money(terms.hardLimit()));
        data.put("currency", budget.currency());
        data.put("window_start", firing.count().of().window().startsAt());
        data.put("resets_at", firing.count().of().window().endsAt());
        return data;
    }
}
