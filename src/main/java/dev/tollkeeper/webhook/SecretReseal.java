package dev.tollkeeper.webhook;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.secret.SecretBox;
import dev.tollkeeper.start.ServiceStart;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Seals signing secrets anew that are under an older pepper, with each start: so that the older one may go. */
@Singleton
class SecretReseal {
    private static final Logger LOG = Logger.getLogger(SecretReseal.class);
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int MOST_AT_ONCE = 1_000;

    private final Transactions database;
    private final SecretBox box;
    private final SecretSeal seal;

    SecretReseal(Transactions database, SecretBox box, SecretSeal seal) {
        this.database = database;
        this.box = box;
        this.seal = seal;
    }

    private record Sealed(UUID teamId, UUID webhookId, byte[] secret) {
        static Sealed of(Row row) {
            return new Sealed(row.getUUID("team_id"), row.getUUID("id"), row.getBuffer("sealed_secret").getBytes());
        }
    }

    void onStart(@Observes ServiceStart event) {
        sealAnew().subscribe().with(done -> LOG.debug("Signing secrets of webhooks are under the newest pepper"),
                failed -> LOG.errorf("Signing secrets of webhooks were not all sealed anew: %s", failed.toString()));
    }

    /** Seals them all anew, page by page. */
    Uni<Void> sealAnew() {
        return Multi.createBy().repeating()
                .uni(() -> new UUID[]{BEFORE_ALL}, this::sealPage)
                .whilst(found -> found.size() == MOST_AT_ONCE)
                .collect().last().replaceWithVoid();
    }

    private Uni<List<Sealed>> sealPage(UUID[] after) {
        return database.single()
                .run("SELECT team_id, id, sealed_secret FROM webhook WHERE id > $1 ORDER BY id LIMIT " + MOST_AT_ONCE,
                        Tuple.of(after[0]))
                .map(rows -> Rows.map(rows, Sealed::of))
                .invoke(found -> after[0] = found.isEmpty() ? after[0] : found.get(found.size() - 1).webhookId())
                .call(found -> Multi.createFrom().iterable(found.stream().filter(this::isOutOfDate).toList())
                        .onItem().transformToUniAndConcatenate(this::sealAnew).collect().last());
    }

    private boolean isOutOfDate(Sealed sealed) {
        return box.isOutOfDate(sealed.secret());
    }

    private Uni<Void> sealAnew(Sealed sealed) {
        try {
            byte[] anew = seal.seal(sealed.webhookId(), seal.open(sealed.webhookId(), sealed.secret()));
            return database.single().run(
                    "UPDATE webhook SET sealed_secret = $4 WHERE team_id = $1 AND id = $2 AND sealed_secret = $3",
                    Tuple.of(sealed.teamId(), sealed.webhookId(), Buffer.buffer(sealed.secret()), Buffer.buffer(anew)))
                    .replaceWithVoid();
        } catch (SecretBox.UnreadableSealException unreadable) {
            LOG.errorf("Webhook %s cannot sign its messages: %s", sealed.webhookId(), unreadable.getMessage());
            return Uni.createFrom().voidItem();
        }
    }
}
