package dev.tollkeeper.caller;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/** Who calls, as the access check found them: an API key, or a user with a token. */
public sealed interface Caller extends Principal permits KeyCaller, UserCaller {
    /** The user: of a key, the one who made it. */
    UUID userId();

    /** The id of the key or of the user that calls. */
    UUID callerId();

    /** The user's address. */
    String email();

    /** The caller's role in a team now, empty where they have none. A key acts with the role of the user who made it. */
    Optional<Role> roleIn(UUID teamId);

    /** Whether the caller runs the installation. No key does, whoever made it: a key belongs to one project. */
    boolean isOperator();

    /** The management scopes that the caller has in a team, and so may give to a key there. */
    Set<Scope> scopesIn(UUID teamId);

    /**
     * The caller's role in a team.
     *
     * @throws DomainError not found, as for an unknown team, where they have none
     */
    default Role requireTeam(UUID teamId) {
        return roleIn(teamId).orElseThrow(() -> DomainError.notFound("Team"));
    }

    /** The team of a caller who has just one: a key's own, a user's only one. */
    Optional<UUID> onlyTeam();

    /**
     * The team that a request is about: the one that {@code ?team_id=} names, or the caller's only one.
     *
     * @param named the query parameter, null where it is not given
     * @throws DomainError not found for a team that is not theirs; naming the parameter where it is needed
     */
    default UUID requireTeam(String named) {
        if (named == null) {
            return onlyTeam().orElseThrow(() -> DomainError.invalidField("team_id",
                    "is needed: you are in several teams or none. GET /api/teams lists them"));
        }
        UUID teamId = Ids.inPath(named, "Team");
        requireTeam(teamId);
        return teamId;
    }

    /**
     * Insists that the caller is an admin of a team.
     *
     * @throws DomainError not found where it is not their team, {@code admin_required} where they are no admin of it
     */
    default void requireAdmin(UUID teamId) {
        if (requireTeam(teamId) != Role.ADMIN) {
            throw adminRequired();
        }
    }

    /** Insists that the caller runs the installation. */
    default void requireOperator() {
        if (!isOperator()) {
            throw DomainError.of(ErrorCode.OPERATOR_REQUIRED,
                    "Only the operator of this installation may do this. Sign in as the operator with POST /api/auth/token.");
        }
    }

    /** The error that says an admin is needed. */
    static DomainError adminRequired() {
        return DomainError.of(ErrorCode.ADMIN_REQUIRED, "Only an admin of the team may do this. Ask one of them.");
    }
}
