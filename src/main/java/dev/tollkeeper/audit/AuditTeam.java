package dev.tollkeeper.audit;

import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;

/**
 * Finds whose log a request is about: a key's team, a user's only one, or the one that {@code ?team_id=} names; the word
 * {@code installation} names the installation's own. Only an admin may read it.
 */
@Singleton
class AuditTeam {
    /** How a request names the installation's own log. */
    static final String INSTALLATION = "installation";

    private final AuditRepository entries;

    AuditTeam(AuditRepository entries) {
        this.entries = entries;
    }

    /**
     * The team whose log the caller asks for.
     *
     * @param named the query parameter {@code team_id}, null where it is not given
     * @return fails with not found for another team, the same as for none
     */
    Uni<UUID> require(Caller caller, String named) {
        if (INSTALLATION.equals(named)) {
            caller.requireOperator();
            return Uni.createFrom().item(AuditEvent.INSTALLATION);
        }
        if (named == null && caller.isOperator() && caller.onlyTeam().isEmpty()) {
            throw DomainError.invalidField("team_id", "is needed: GET /api/teams lists the teams, and '" + INSTALLATION
                    + "' is the installation's own log");
        }
        UUID team = caller.requireTeam(named);
        caller.requireAdmin(team);
        return caller.isOperator() ? existing(team) : Uni.createFrom().item(team);
    }

    /** The operator is an admin of every team there is, and so of any id. */
    private Uni<UUID> existing(UUID team) {
        return entries.isTeam(team).map(known -> {
            if (!known) {
                throw DomainError.notFound("Team");
            }
            return team;
        });
    }
}
