package dev.tollkeeper.team.token;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Ends user tokens before they expire, on every replica with the token's next use. */
@Singleton
public class SignOutService {
    private final Transactions database;
    private final UserTokens tokens;
    private final AuditTrail audit;

    SignOutService(Transactions database, UserTokens tokens, AuditTrail audit) {
        this.database = database;
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * Ends a token that was made here. Ending it again does nothing.
     *
     * @param user whom it names
     * @return fails with {@code token_invalid} or {@code token_expired}
     */
    public Uni<Void> signOut(UserCaller user, String token) {
        return tokens.read(token)
                .chain(read -> database.run(sql -> end(sql, user, read)));
    }

    private Uni<Void> end(Sql sql, UserCaller user, UserTokens.OwnToken token) {
        return sql.run("""
                INSERT INTO ended_token (user_id, token_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
                """, Tuple.of(token.user(), token.id(), token.expiresAt().atOffset(ZoneOffset.UTC)))
                .chain(ended -> ended.rowCount() == 0 ? Uni.createFrom().voidItem() : tell(sql, user));
    }

    private Uni<Void> tell(Sql sql, UserCaller user) {
        UUID log = user.onlyTeam().orElse(AuditEvent.INSTALLATION);
        return audit.append(sql, new AuditEvent(log, "user.signed_out", "user", user.userId().toString(), Map.of()));
    }
}
