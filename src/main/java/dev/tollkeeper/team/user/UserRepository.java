package dev.tollkeeper.team.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.http.problem.ErrorCode;
import dev.tollkeeper.http.problem.FieldError;
import dev.tollkeeper.team.member.MembershipRepository;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Users in the database. Deleted ones are not found. */
@Singleton
class UserRepository implements PanacheRepositoryBase<User, UUID> {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    // The highest role is the first in the alphabet. $1: the teams at hand, null for all.
    private static final String VIEW = """
            SELECT u.id, u.email, u.name, u.status, u.is_operator, u.created_at, (
                SELECT min(m.role) FROM membership m JOIN team t ON t.id = m.team_id AND t.deleted_at IS NULL
                WHERE m.user_id = u.id AND ($1::uuid[] IS NULL OR m.team_id = ANY ($1))) AS role
            FROM app_user u
            WHERE u.deleted_at IS NULL AND\s""";
    private static final String IN_TEAMS = "u.id IN (SELECT user_id FROM membership WHERE team_id = ANY ($1)) AND ";

    private final Sql pooled;

    UserRepository(Pool pool) {
        this.pooled = Sql.on(pool);
    }

    Uni<Sql> sql() {
        return getSession().map(Sql::on);
    }

    /** The users of these teams; all where none are given. */
    Uni<List<UserView>> list(Optional<Set<UUID>> teams, PageRequest page) {
        UUID after = page.after() == null ? BEFORE_ALL : page.after();
        return pooled.run(VIEW + (teams.isEmpty() ? "" : IN_TEAMS) + "u.id > $2 ORDER BY u.id LIMIT $3",
                Tuple.from(Arrays.asList(array(teams), after, page.probe()))).map(UserRepository::views);
    }

    /** A user, with their role in these teams; in any where none are given. */
    Uni<UserView> view(UUID id, Optional<Set<UUID>> teams) {
        return pooled.run(VIEW + "u.id = $2", Tuple.from(Arrays.asList(array(teams), id)))
                .map(UserRepository::views)
                .map(found -> found.stream().findFirst().orElseThrow(() -> DomainError.notFound("User")));
    }

    /** A user whom somebody wants to change, as they are now. */
    Uni<Subject> subject(UUID id) {
        return subject(pooled, id);
    }

    /** A user whom somebody wants to change, as this transaction sees them. */
    Uni<Subject> subject(Sql sql, UUID id) {
        return sql.run("SELECT email, password_hash, status, is_operator FROM app_user WHERE id = $1 AND deleted_at IS NULL",
                Tuple.of(id)).chain(rows -> {
                    if (rows.rowCount() == 0) {
                        throw DomainError.notFound("User");
                    }
                    Row row = rows.iterator().next();
                    return MembershipRepository.teamsOf(sql, id)
                            .map(teams -> new Subject(id, row.getString("email"), row.getString("password_hash"),
                                    UserStatus.of(row.getString("status")), row.getBoolean("is_operator"), teams));
                });
    }

    Uni<User> insert(User user) {
        return persistAndFlush(user).onFailure(UserRepository::emailIsTaken).transform(taken -> duplicateEmail());
    }

    /** Writes what was changed. */
    Uni<Void> write() {
        return flush().onFailure(UserRepository::emailIsTaken).transform(taken -> duplicateEmail());
    }

    private static boolean emailIsTaken(Throwable failure) {
        return DatabaseFailures.violates(failure, "app_user_live_email");
    }

    private static DomainError duplicateEmail() {
        return DomainError.fields(ErrorCode.DUPLICATE_NAME,
                List.of(new FieldError("email", "another user has this address. Choose another one")));
    }

    private static UUID[] array(Optional<Set<UUID>> teams) {
        return teams.map(ids -> ids.toArray(UUID[]::new)).orElse(null);
    }

    private static List<UserView> views(RowSet<Row> rows) {
        List<UserView> views = new ArrayList<>();
        rows.forEach(row -> views.add(new UserView(row.getUUID("id"), row.getString("email"), row.getString("name"),
                UserStatus.of(row.getString("status")), row.getBoolean("is_operator"),
                Role.of(row.getString("role")).orElse(null), row.getOffsetDateTime("created_at").toInstant())));
        return views;
    }
}
