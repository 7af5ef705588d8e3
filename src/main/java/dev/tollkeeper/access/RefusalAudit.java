package dev.tollkeeper.access;

import java.util.Map;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.RequestInfo;
import dev.tollkeeper.http.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Puts every management call that was refused to a known caller into the audit log. A caller whose secret matched
 * nothing belongs to no team and is only counted.
 */
@Singleton
class RefusalAudit {
    private static final Logger LOG = Logger.getLogger(RefusalAudit.class);

    private final AuditTrail audit;
    private final Pool pool;

    RefusalAudit(AuditTrail audit, Pool pool) {
        this.audit = audit;
        this.pool = pool;
    }

    @ServerResponseFilter
    Uni<Void> record(ContainerResponseContext response, RoutingContext request) {
        Caller caller = CurrentCaller.of(request);
        boolean refused = response.getStatus() == 401 || response.getStatus() == 403;
        if (!refused || caller == null || !(response.getEntity() instanceof Problem problem)) {
            return Uni.createFrom().voidItem();
        }
        var event = new AuditEvent(caller.onlyTeam().orElse(AuditEvent.INSTALLATION), "request.refused", "call",
                request.request().method() + " " + RequestInfo.path(request), Map.of("code", problem.code()));
        return pool.withTransaction(connection -> audit.append(Sql.on(connection), event))
                .onFailure().invoke(failed -> LOG.warnf("A refused call was not audited: %s", failed.toString()))
                .onFailure().recoverWithNull();
    }
}
