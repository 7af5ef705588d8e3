package dev.tollkeeper.team.member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Memberships in the database. */
@Singleton
public class MembershipRepository implements PanacheRepositoryBase<Membership, MembershipId> {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String MEMBERS = """
            SELECT u.id, u.email, u.name, m.role, m.created_at FROM membership m JOIN app_user u ON u.id = m.user_id
            WHERE m.team_id = $1 AND\s""";

    private final Pool pool;

    MembershipRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    Uni<Optional<Membership>> find(UUID team, UUID user) {
        return findById(new MembershipId(team, user)).map(Optional::ofNullable);
    }

    /** Puts a user into a team. */
    public Uni<Void> add(UUID team, UUID user, Role role, Instant now) {
        return persist(new Membership(team, user, role, now)).replaceWithVoid();
    }

    /** Gives a member another role. */
    public Uni<Void> changeRole(UUID team, UUID user, Role role) {
        return find(team, user)
                .map(found -> found.orElseThrow(() -> DomainError.notFound("User")))
                .invoke(membership -> membership.become(role))
                .replaceWithVoid();
    }

    /** Takes a user out of every team. */
    public Uni<Void> removeAll(UUID user) {
        return delete("userId = ?1", user).replaceWithVoid();
    }

    Uni<List<Member>> list(UUID team, PageRequest page) {
        return Sql.on(pool).run(MEMBERS + "m.user_id > $2 ORDER BY m.user_id LIMIT $3",
                Tuple.of(team, page.after() == null ? BEFORE_ALL : page.after(), page.probe()))
                .map(MembershipRepository::members);
    }

    Uni<Member> view(Sql sql, UUID team, UUID user) {
        return sql.run(MEMBERS + "m.user_id = $2", Tuple.of(team, user)).map(rows -> members(rows).get(0));
    }

    /** The live teams that a user is in, and as what. */
    public static Uni<Map<UUID, Role>> teamsOf(Sql sql, UUID user) {
        return sql.run("SELECT m.team_id, m.role FROM membership m JOIN team t ON t.id = m.team_id AND t.deleted_at IS NULL "
                + "WHERE m.user_id = $1", Tuple.of(user)).map(rows -> {
                    Map<UUID, Role> teams = new HashMap<>();
                    rows.forEach(row -> teams.put(row.getUUID("team_id"), role(row)));
                    return Map.copyOf(teams);
                });
    }

    private static List<Member> members(RowSet<Row> rows) {
        List<Member> members = new ArrayList<>();
        rows.forEach(row -> members.add(new Member(row.getUUID("id"), row.getString("email"), row.getString("name"), role(row),
                row.getOffsetDateTime("created_at").toInstant())));
        return members;
    }

    private static Role role(Row row) {
        return Role.of(row.getString("role")).orElseThrow();
    }
}
