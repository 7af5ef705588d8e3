package dev.tollkeeper.team.user;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.team.Passwords;
import dev.tollkeeper.team.TeamAccess;
import dev.tollkeeper.team.TeamLock;
import dev.tollkeeper.team.member.LastAdmin;
import dev.tollkeeper.team.member.MembershipRepository;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/**
 * Edits and deletes users. A disabled or deleted user's tokens stop with the next request. Their keys go on working: they
 * are the project's, and whoever wants them stopped revokes them.
 */
@Singleton
class UserEditService {
    private final UserRepository users;
    private final MembershipRepository memberships;
    private final TeamAccess teams;
    private final OwnPassword ownPassword;
    private final Passwords passwords;
    private final UserLog log;
    private final Clock clock;

    UserEditService(UserRepository users, MembershipRepository memberships, TeamAccess teams, OwnPassword ownPassword,
            Passwords passwords, UserLog log, Clock clock) {
        this.users = users;
        this.memberships = memberships;
        this.teams = teams;
        this.ownPassword = ownPassword;
        this.passwords = passwords;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Edits a user. The rules are asked twice: before passwords are hashed, which is dear and happens outside the
     * transaction; and inside it, where what they were decided by is held.
     *
     * @param teamNamed the query parameter {@code team_id}, null where it is not given
     * @param address the client's address
     */
    Uni<UserView> update(Caller caller, UUID id, UserChange change, String teamNamed, String address) {
        return teams.seen(caller, teamNamed).chain(scope -> users.subject(id)
                .invoke(subject -> UserRules.requireMayUpdate(caller, subject, scope, change))
                .call(subject -> ownPassword.prove(caller, subject, change, address))
                .chain(() -> hashed(change.password()))
                .chain(hash -> write(caller, id, scope, change, hash))
                .chain(() -> users.view(id, scope)));
    }

    private Uni<Optional<String>> hashed(Optional<String> password) {
        return password.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : passwords.hash(password.get()).map(Optional::of);
    }

    @WithTransaction
    Uni<Void> write(Caller caller, UUID id, Optional<Set<UUID>> scope, UserChange change, Optional<String> passwordHash) {
        return users.sql().chain(sql -> held(sql, id)
                .invoke(subject -> UserRules.requireMayUpdate(caller, subject, scope, change))
                .chain(subject -> write(sql, caller, subject, scope, change, passwordHash)));
    }

    private Uni<Void> write(Sql sql, Caller caller, Subject subject, Optional<Set<UUID>> scope, UserChange change,
            Optional<String> passwordHash) {
        Optional<UUID> roleTeam = UserRules.roleTeam(caller, subject, scope, change);
        Edits changes = new Edits();
        return requireOthers(sql, subject, change, roleTeam)
                .chain(() -> users.findById(subject.id()))
                .invoke(user -> apply(user, change, passwordHash, changes))
                .chain(() -> changeRole(subject, roleTeam, change))
                .chain(users::write)
                .chain(() -> log.updated(sql, subject, changes, roleTeam, change.role()));
    }

    private static void apply(User user, UserChange change, Optional<String> passwordHash, Edits changes) {
        changes.make("name", user.name(), change.name(), user::rename);
        changes.make("email", user.email(), change.email(), user::reachAt);
        changes.make("status", user.status(), change.status(), user::become);
        changes.makeSecretly("password", passwordHash, user::signInWith);
    }

    private Uni<Void> changeRole(Subject subject, Optional<UUID> team, UserChange change) {
        return team.isEmpty()
                ? Uni.createFrom().voidItem()
                : memberships.changeRole(team.get(), subject.id(), change.role().orElseThrow());
    }

    private static Uni<Void> requireOthers(Sql sql, Subject subject, UserChange change, Optional<UUID> roleTeam) {
        if (change.disables(subject)) {
            return requireOthers(sql, subject);
        }
        boolean demoted = roleTeam.isPresent() && !change.role().orElseThrow().covers(subject.teams().get(roleTeam.get()));
        return demoted ? LastAdmin.requireAnother(sql, subject.id(), roleTeam.stream().toList()) : Uni.createFrom().voidItem();
    }

    /** Insists that teams and installation are not left without an admin, without an operator, when this user goes. */
    private static Uni<Void> requireOthers(Sql sql, Subject subject) {
        Uni<Void> admins = LastAdmin.requireAnother(sql, subject.id(), subject.teams().keySet());
        return subject.operator() ? admins.chain(() -> LastOperator.requireAnother(sql, subject.id())) : admins;
    }

    Uni<Void> delete(Caller caller, UUID id) {
        return remove(caller, id, TeamAccess.seen(caller));
    }

    @WithTransaction
    Uni<Void> remove(Caller caller, UUID id, Optional<Set<UUID>> scope) {
        return users.sql().chain(sql -> held(sql, id)
                .invoke(subject -> UserRules.requireMayDelete(caller, subject, scope))
                .call(subject -> requireOthers(sql, subject))
                .call(() -> memberships.removeAll(id))
                .chain(subject -> remove(sql, subject)));
    }

    private Uni<Void> remove(Sql sql, Subject subject) {
        return users.findById(subject.id())
                .invoke(user -> user.delete(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .chain(user -> log.write(sql, subject, "user.deleted", Map.of("email", user.email(), "name", user.name())));
    }

    /** A user and their teams, held until the transaction ends. */
    private Uni<Subject> held(Sql sql, UUID id) {
        return LastAdmin.holdUser(sql, id)
                .chain(() -> users.subject(sql, id))
                .call(subject -> TeamLock.hold(sql, subject.teams().keySet()));
    }
}
