package dev.tollkeeper.key;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.Dependent;

import dev.tollkeeper.admin.AdminTask;
import dev.tollkeeper.admin.Outcome;
import dev.tollkeeper.admin.Progress;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.http.idempotency.IdempotencyKey;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.project.ProjectRef;
import dev.tollkeeper.team.TeamFinder;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a key where nobody can sign in or has one: as an operator, by the same rules as the API. */
@Command(name = "create-key", description = "Makes an API key, and prints its secret this once.", mixinStandardHelpOptions = true)
@Dependent
class CreateKeyTask implements AdminTask {
    @Option(names = "--project", required = true, paramLabel = "ID|NAME", description = "Whose key it is.")
    private String project;

    @Option(names = "--team", paramLabel = "ID|NAME", description = "The project's team; needed where several have one of that name.")
    private String team;

    @Option(names = "--name", required = true, description = "What it is called, once among the project's live keys.")
    private String name;

    @Option(names = "--management", description = "A management key, for the API itself; an ordinary one otherwise.")
    private boolean management;

    @Option(names = "--scope", split = ",", paramLabel = "SCOPE", description = "What a management key may do; all where left out.")
    private List<String> scopes;

    @Option(names = "--allowed-ip", split = ",", paramLabel = "CIDR", description = "Whence it may be used; from everywhere where left out.")
    private List<String> allowedIps;

    @Option(names = "--expires-at", paramLabel = "TIME", description = "When it ends, such as 2027-01-01T00:00:00Z; never where left out.")
    private String expiresAt;

    @Option(names = "--as", paramLabel = "EMAIL", description = "The operator who makes it; the first one where left out.")
    private String operator;

    private final KeyIssueService issue;
    private final Sql sql;

    CreateKeyTask(KeyIssueService issue, Transactions database) {
        this.issue = issue;
        this.sql = database.single();
    }

    @Override
    public Uni<Outcome> run(Progress progress) {
        NewKey wanted = new CreateKeyBody(name, management, scopes, allowedIps, expiresAt, null, null, null).read();
        return operator()
                .chain(maker -> project().chain(found -> issue.create(new KeyActor(maker, found), wanted, once(maker, found))))
                .map(CreateKeyTask::tell);
    }

    private Uni<UserCaller> operator() {
        return sql.run("""
                SELECT id, email FROM app_user WHERE is_operator AND status = 'active' AND deleted_at IS NULL
                  AND ($1::text IS NULL OR email = lower($1)) ORDER BY id LIMIT 1
                """, Tuple.of(operator))
                .map(rows -> Rows.first(rows, row -> new UserCaller(row.getUUID("id"), row.getString("email"), true, Map.of()))
                        .orElseThrow(() -> DomainError.invalidField("--as", "names no active operator of this installation")));
    }

    private Uni<ProjectRef> project() {
        return team == null ? projectOf(null) : TeamFinder.find(sql, team).chain(this::projectOf);
    }

    private Uni<ProjectRef> projectOf(UUID ofTeam) {
        return sql.run("""
                SELECT p.team_id, p.id FROM project p JOIN team t ON t.id = p.team_id
                WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL AND (p.id::text = lower($1) OR p.name = $1)
                  AND ($2::uuid IS NULL OR t.id = $2)
                """, Tuple.of(project, ofTeam))
                .map(rows -> Rows.map(rows, row -> new ProjectRef(row.getUUID("team_id"), row.getUUID("id"), Role.ADMIN)))
                .map(found -> switch (found.size()) {
                    case 1 -> found.get(0);
                    case 0 -> throw DomainError.invalidField("--project", "there is none of this id or name");
                    default -> throw DomainError.invalidField("--project", "there are " + found.size()
                            + " of this name: say which by its id, or by --team");
                });
    }

    private static IdempotencyKey once(UserCaller maker, ProjectRef project) {
        return new IdempotencyKey(null, project.teamId(), maker.userId(), "admin create-key", null);
    }

    private static Outcome tell(IssuedKey issued) {
        UUID id = issued.key().id();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("name", issued.key().name());
        json.put("api_key", issued.secret());
        return Outcome.done("%s (%s). Its secret is shown this once:%n%s".formatted(issued.key().name(), id, issued.secret()),
                json);
    }
}
