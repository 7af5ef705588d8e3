package dev.tollkeeper.team.member;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.team.TeamAccess;
import dev.tollkeeper.team.TeamLock;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** What is done with the members of a team. */
@Singleton
class MemberService {
    private final MembershipRepository memberships;
    private final TeamAccess teams;
    private final AuditTrail audit;
    private final Clock clock;

    MemberService(MembershipRepository memberships, TeamAccess teams, AuditTrail audit, Clock clock) {
        this.memberships = memberships;
        this.teams = teams;
        this.audit = audit;
        this.clock = clock;
    }

    /** A member, and whether they just became one. */
    record Placed(Member member, boolean added) {
    }

    Uni<Page<Member>> list(Caller caller, UUID team, PageRequest page) {
        caller.requireTeam(team);
        return teams.requireLive(team)
                .chain(() -> memberships.list(team, page))
                .map(found -> Page.of(found, page, Member::userId));
    }

    /**
     * Gives a member a role. A user who is not in the team is put into it by the operator only: to an admin, a stranger and
     * nobody are the same.
     */
    @WithTransaction
    Uni<Placed> place(Caller caller, UUID team, UUID user, Role role) {
        caller.requireAdmin(team);
        return memberships.sql()
                .call(sql -> hold(sql, team, user))
                .chain(sql -> memberships.find(team, user).chain(found -> found.isPresent()
                        ? become(sql, found.get(), role)
                        : add(sql, caller, team, user, role)));
    }

    private static Uni<Void> hold(Sql sql, UUID team, UUID user) {
        return LastAdmin.holdUser(sql, user).chain(() -> TeamLock.hold(sql, team));
    }

    private Uni<Placed> become(Sql sql, Membership membership, Role role) {
        UUID team = membership.teamId();
        UUID user = membership.userId();
        Role before = membership.role();
        if (before == role) {
            return memberships.view(sql, team, user).map(member -> new Placed(member, false));
        }
        Uni<Void> allowed = role == Role.ADMIN
                ? Uni.createFrom().voidItem()
                : LastAdmin.requireAnother(sql, user, List.of(team));
        return allowed.invoke(() -> membership.become(role))
                .chain(() -> log(sql, team, user, "member.updated",
                        Map.of("role", Map.of("from", before.word(), "to", role.word()))))
                .chain(() -> memberships.view(sql, team, user))
                .map(member -> new Placed(member, false));
    }

    private Uni<Placed> add(Sql sql, Caller caller, UUID team, UUID user, Role role) {
        if (!caller.isOperator()) {
            throw DomainError.notFound("User");
        }
        return memberships.add(team, user, role, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .chain(() -> log(sql, team, user, "member.added", Map.of("role", role.word())))
                .chain(() -> memberships.view(sql, team, user))
                .map(member -> new Placed(member, true));
    }

    /** Takes a member out of a team: an admin does, or they leave by themselves. */
    @WithTransaction
    Uni<Void> remove(Caller caller, UUID team, UUID user) {
        caller.requireTeam(team);
        boolean leaving = caller instanceof UserCaller && caller.userId().equals(user);
        if (!leaving) {
            caller.requireAdmin(team);
        }
        return memberships.sql().chain(sql -> hold(sql, team, user)
                .chain(() -> memberships.find(team, user))
                .map(found -> found.orElseThrow(() -> DomainError.notFound("User")))
                .call(() -> LastAdmin.requireAnother(sql, user, List.of(team)))
                .chain(membership -> remove(sql, membership)));
    }

    private Uni<Void> remove(Sql sql, Membership membership) {
        return memberships.delete(membership).chain(() -> log(sql, membership.teamId(), membership.userId(), "member.removed",
                Map.of("role", membership.role().word())));
    }

    private Uni<Void> log(Sql sql, UUID team, UUID user, String action, Map<String, ?> changes) {
        return audit.append(sql, new AuditEvent(team, action, "member", user.toString(), changes));
    }
}
