package dev.tollkeeper.team;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Finds the teams that a request is about: a key's own, a user's own, or the one that {@code team_id} names. */
@Singleton
public class TeamAccess {
    private final Sql sql;

    TeamAccess(Pool pool) {
        this.sql = Sql.on(pool);
    }

    /**
     * The teams that a caller sees, or the one of them that is named.
     *
     * @param named the query parameter {@code team_id}, null where it is not given
     * @return empty for every team, as the operator sees; fails with not found for another's team
     */
    public Uni<Optional<Set<UUID>>> seen(Caller caller, String named) {
        if (named == null) {
            return Uni.createFrom().item(seen(caller));
        }
        UUID team = Ids.inPath(named, "Team");
        caller.requireTeam(team);
        return requireLive(team).replaceWith(Optional.of(Set.of(team)));
    }

    /** The teams that a caller sees; empty for every team, as the operator sees. */
    public static Optional<Set<UUID>> seen(Caller caller) {
        if (caller instanceof KeyCaller key) {
            return Optional.of(Set.of(key.teamId()));
        }
        return caller.isOperator() ? Optional.empty() : Optional.of(((UserCaller) caller).teams().keySet());
    }

    /**
     * The one team that something is made in; whether it lives is for {@link TeamLock} to see.
     *
     * @param named the field {@code team_id}, null where it is not given: then a key's own, or a user's only one
     * @throws DomainError not found for another's team; naming the field where it is needed
     */
    public static UUID one(Caller caller, String named) {
        if (named != null) {
            UUID team = Ids.inPath(named, "Team");
            caller.requireTeam(team);
            return team;
        }
        if (caller instanceof KeyCaller key) {
            return key.teamId();
        }
        Set<UUID> teams = ((UserCaller) caller).teams().keySet();
        if (teams.size() != 1) {
            throw DomainError.invalidField("team_id", "is needed: you are in several teams or none. GET /api/teams lists them");
        }
        return teams.iterator().next();
    }

    /** Insists that a team is there: an operator may name any. */
    public Uni<Void> requireLive(UUID team) {
        return sql.run("SELECT 1 FROM team WHERE id = $1 AND deleted_at IS NULL", Tuple.of(team)).invoke(rows -> {
            if (rows.rowCount() == 0) {
                throw DomainError.notFound("Team");
            }
        }).replaceWithVoid();
    }
}
