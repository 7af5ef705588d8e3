package dev.tollkeeper.team.user;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;

/**
 * Who may change what of whom. A user is one person in all their teams: so who they are (address, password, status, being
 * there at all) is for those alone who administer every one of these teams, else an admin of one team could take over
 * somebody's account in another. A key acts with its maker's role in its own team, and is never the user themselves.
 */
final class UserRules {
    private UserRules() {
    }

    static boolean isSelf(Caller caller, UUID user) {
        return caller instanceof UserCaller && caller.userId().equals(user);
    }

    /**
     * Insists that a caller may see a user.
     *
     * @param scope the teams at hand; empty for all
     */
    static void requireVisible(Caller caller, Subject subject, Optional<Set<UUID>> scope) {
        boolean inScope = scope.isEmpty() || subject.teams().keySet().stream().anyMatch(scope.get()::contains);
        if (!inScope && !isSelf(caller, subject.id())) {
            throw DomainError.notFound("User");
        }
    }

    static void requireMayUpdate(Caller caller, Subject subject, Optional<Set<UUID>> scope, UserChange change) {
        requireVisible(caller, subject, scope);
        if (!isSelf(caller, subject.id())) {
            requireAdminOfAny(caller, subject);
            if (change.changesSignIn(subject) || change.changesStatus(subject)) {
                requireAdminOfAll(caller, subject);
            }
        } else if (change.disables(subject)) {
            throw DomainError.conflict("You cannot disable yourself. Another admin can.");
        }
        roleTeam(caller, subject, scope, change).ifPresent(caller::requireAdmin);
    }

    static void requireMayDelete(Caller caller, Subject subject, Optional<Set<UUID>> scope) {
        requireVisible(caller, subject, scope);
        if (isSelf(caller, subject.id())) {
            throw DomainError.conflict("You cannot delete yourself. Another admin can.");
        }
        requireAdminOfAny(caller, subject);
        requireAdminOfAll(caller, subject);
    }

    /** The team in which the user gets another role; empty where they get none. */
    static Optional<UUID> roleTeam(Caller caller, Subject subject, Optional<Set<UUID>> scope, UserChange change) {
        if (change.role().isEmpty()) {
            return Optional.empty();
        }
        List<UUID> shared = subject.teams().keySet().stream().filter(team -> caller.roleIn(team).isPresent())
                .filter(team -> scope.isEmpty() || scope.get().contains(team)).toList();
        if (shared.size() != 1) {
            throw DomainError.invalidField("team_id", "is needed as a query parameter to say in which team the role is: you "
                    + "share several with this user, or none");
        }
        UUID team = shared.get(0);
        return Optional.of(team).filter(same -> Edits.differs(subject.teams().get(team), change.role()));
    }

    private static void requireAdminOfAny(Caller caller, Subject subject) {
        if (!caller.isOperator() && subject.teams().keySet().stream().noneMatch(team -> isAdmin(caller, team))) {
            throw Caller.adminRequired();
        }
    }

    private static void requireAdminOfAll(Caller caller, Subject subject) {
        if (subject.operator()) {
            caller.requireOperator();
        }
        if (!caller.isOperator() && !subject.teams().keySet().stream().allMatch(team -> isAdmin(caller, team))) {
            throw DomainError.of(ErrorCode.ADMIN_REQUIRED,
                    "This user is in a team that you do not administer. Ask the operator, "
                            + "or take the user out of your team.");
        }
    }

    private static boolean isAdmin(Caller caller, UUID team) {
        return caller.roleIn(team).filter(role -> role == Role.ADMIN).isPresent();
    }
}
