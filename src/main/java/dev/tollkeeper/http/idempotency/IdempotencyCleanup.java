package dev.tollkeeper.http.idempotency;

import java.time.Clock;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Forgets idempotency keys that are past their time. */
@Singleton
class IdempotencyCleanup {
    private final Pool pool;
    private final Clock clock;

    IdempotencyCleanup(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10m", identity = "idempotency-cleanup")
    Uni<Void> forget() {
        return Sql.on(pool).run("DELETE FROM idempotency_record WHERE expires_at < $1",
                Tuple.of(clock.instant().atOffset(ZoneOffset.UTC))).replaceWithVoid();
    }
}
