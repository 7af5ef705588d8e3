package dev.tollkeeper.webhook;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/**
 * Writes down what webhooks are to be told, in the transaction of the change: a change that is undone tells nobody. It is sent
 * within seconds after the commit, by whichever replica finds it first.
 */
@Singleton
public class Outbox {
    /** A row for each webhook that wants it. Locks nothing, so that no change waits for somebody who edits a webhook. */
    private static final String APPEND = """
            INSERT INTO webhook_delivery (team_id, id, webhook_id, event_id, type, body, status, attempts, next_attempt_at, created_at)
            SELECT team_id, ($5::uuid[])[row_number() OVER (ORDER BY id)], id, $3, $2, $4, 'pending', 0, $6, $6
            FROM (SELECT team_id, id FROM webhook WHERE team_id = $1 AND enabled AND $2 = ANY (types) ORDER BY id LIMIT $7) wanted
            """;

    private final ObjectMapper json;
    private final Clock clock;

    Outbox(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * Tells every webhook of the team that is for this type.
     *
     * @param data what happened: ids, names and numbers, never a secret; money as decimal strings with the currency beside them
     */
    public Uni<Void> append(Sql sql, UUID teamId, WebhookType type, Map<String, ?> data) {
        Message message = Message.of(type, clock.instant().truncatedTo(ChronoUnit.MICROS), data, json);
        UUID[] ids = Stream.generate(Ids::next).limit(WebhookService.MOST).toArray(UUID[]::new);
        return sql.run(APPEND, Tuple.from(new Object[]{teamId, type.word(), message.id(), message.body(), ids,
                message.at().atOffset(ZoneOffset.UTC), (long) ids.length})).replaceWithVoid();
    }
}
