package dev.tollkeeper.audit;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Adds to the audit log, in the transaction of the change that it tells of: so neither is there without the other. */
@Singleton
public class AuditTrail {
    private final CurrentVertxRequest request;
    private final ObjectMapper json;
    private final Clock clock;
    private final boolean isCommand;

    AuditTrail(CurrentVertxRequest request, ObjectMapper json, Clock clock,
            @ConfigProperty(name = "tollkeeper.admin", defaultValue = "false") boolean isCommand) {
        this.request = request;
        this.json = json;
        this.clock = clock;
        this.isCommand = isCommand;
    }

    /** Adds an entry in the name of the request's caller, or of the system outside a request. */
    public Uni<Void> append(Sql sql, AuditEvent event) {
        Actor actor = isCommand
                ? Actor.COMMAND_LINE
                : Actor.of(Arc.container().requestContext().isActive() ? request.getCurrent() : null);
        return sql.run("SELECT audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                Tuple.from(new Object[]{event.teamId(), Ids.next(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC), actor.type(), actor.id(),
                        actor.name(), event.action(), event.targetType(), event.targetId(), actor.ip(), actor.userAgent(),
                        actor.requestId(), changes(event)}))
                .replaceWithVoid();
    }

    private String changes(AuditEvent event) {
        try {
            return json.writeValueAsString(event.changes());
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
