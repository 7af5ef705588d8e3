package dev.tollkeeper.team.token;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import dev.tollkeeper.database.Sql;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Forgets ended tokens that have expired as well. */
@Singleton
class EndedTokenCleanup {
    /** Tokens are taken for a while after they expire, because clocks differ. */
    private static final Duration LEEWAY = Duration.ofHours(1);

    private final Pool pool;
    private final Clock clock;

    EndedTokenCleanup(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "15m", identity = "ended-token-cleanup")
    Uni<Void> forget() {
        return Sql.on(pool).run("DELETE FROM ended_token WHERE expires_at < $1",
                Tuple.of(clock.instant().minus(LEEWAY).atOffset(ZoneOffset.UTC))).replaceWithVoid();
    }
}
