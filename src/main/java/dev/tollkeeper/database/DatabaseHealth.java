package dev.tollkeeper.database;

import java.time.Duration;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Ready while the database answers. Says so soon either way: whoever asks has a time limit, too. */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sql sql;

    DatabaseHealth(Pool pool) {
        this.sql = Sql.on(pool);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return sql.run("SELECT 1", Tuple.tuple())
                .ifNoItem().after(PATIENCE).fail()
                .replaceWith(answer(true))
                .onFailure().recoverWithItem(answer(false));
    }

    private static HealthCheckResponse answer(boolean up) {
        return HealthCheckResponse.named("database").status(up).build();
    }
}
