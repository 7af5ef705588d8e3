package dev.tollkeeper.database;

import java.time.Duration;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * Ready while the database answers, and without it for as long as known keys go on being verified: all replicas share the
 * database, and a gateway that took them all out at once would end just that. Says so soon either way: whoever asks has a time
 * limit, too.
 */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sql sql;
    private final Duration without;
    private volatile OptionalLong answeredAt = OptionalLong.empty();

    DatabaseHealth(Pool pool, @ConfigProperty(name = "tollkeeper.cache.max-stale", defaultValue = "30s") Duration without) {
        this.sql = Sql.on(pool);
        this.without = without;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return sql.run("SELECT 1", Tuple.tuple())
                .ifNoItem().after(PATIENCE).fail()
                .invoke(() -> answeredAt = OptionalLong.of(System.nanoTime()))
                .replaceWith(true)
                .onFailure().recoverWithItem(false)
                .map(this::answer);
    }

    private HealthCheckResponse answer(boolean answers) {
        OptionalLong last = answeredAt;
        boolean lately = last.isPresent() && System.nanoTime() - last.getAsLong() < without.toNanos();
        return HealthCheckResponse.named("database").status(answers || lately).withData("answers", answers).build();
    }
}
