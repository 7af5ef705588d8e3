package dev.tollkeeper.team.user;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.Passwords;
import dev.tollkeeper.team.TeamAccess;
import dev.tollkeeper.team.TeamLock;
import dev.tollkeeper.team.member.MembershipRepository;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** Lists, shows and makes users; {@link UserEditService} changes them. */
@Singleton
class UserService {
    private final UserRepository users;
    private final MembershipRepository memberships;
    private final TeamAccess teams;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final Clock clock;

    UserService(UserRepository users, MembershipRepository memberships, TeamAccess teams, Passwords passwords,
            AuditTrail audit, Clock clock) {
        this.users = users;
        this.memberships = memberships;
        this.teams = teams;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A user to be made.
     *
     * @param email in its normal form
     */
    record NewUser(String email, String name, String password, Role role) {
        @Override
        public String toString() {
            return "NewUser[" + email + "]";
        }
    }

    Uni<Page<UserView>> list(Caller caller, String teamNamed, PageRequest page) {
        return teams.seen(caller, teamNamed)
                .chain(scope -> users.list(scope, page))
                .map(found -> Page.of(found, page, UserView::id));
    }

    Uni<UserView> get(Caller caller, UUID id, String teamNamed) {
        return teams.seen(caller, teamNamed)
                .chain(scope -> users.view(id, scope).invoke(view -> requireVisible(caller, view, scope)));
    }

    private static void requireVisible(Caller caller, UserView view, Optional<Set<UUID>> scope) {
        if (scope.isPresent() && view.role() == null && !UserRules.isSelf(caller, view.id())) {
            throw DomainError.notFound("User");
        }
    }

    /** The password is hashed before the transaction begins: that takes long, and would hold its locks. */
    Uni<UserView> create(Caller caller, NewUser wanted, String teamNamed) {
        UUID team = TeamAccess.one(caller, teamNamed);
        caller.requireAdmin(team);
        UUID id = Ids.next();
        return passwords.hash(wanted.password())
                .chain(hash -> insert(id, team, wanted, hash))
                .chain(() -> users.view(id, Optional.of(Set.of(team))));
    }

    @WithTransaction
    Uni<Void> insert(UUID id, UUID team, NewUser wanted, String passwordHash) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return users.sql().chain(sql -> TeamLock.hold(sql, team)
                .chain(() -> users.insert(new User(id, wanted.email(), wanted.name(), passwordHash, now)))
                .chain(() -> memberships.add(team, id, wanted.role(), now))
                .chain(() -> log(sql, id, team, wanted)));
    }

    private Uni<Void> log(Sql sql, UUID id, UUID team, NewUser made) {
        return audit.append(sql, new AuditEvent(team, "user.created", "user", id.toString(),
                Map.of("email", made.email(), "name", made.name(), "role", made.role().word())));
    }
}
