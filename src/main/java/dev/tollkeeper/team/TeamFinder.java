package dev.tollkeeper.team;

import java.util.List;
import java.util.UUID;

import dev.tollkeeper.database.Rows;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** Finds the team that an operator means on the command line. One that was deleted is found too: its books are kept. */
public final class TeamFinder {
    private static final String OPTION = "--team";

    private TeamFinder() {
    }

    /**
     * The team of this id or name.
     *
     * @throws DomainError where there is none, or several have that name; as a failure of the Uni
     */
    public static Uni<UUID> find(Sql sql, String idOrName) {
        return sql.run("SELECT id FROM team WHERE id::text = lower($1) OR name = $1", Tuple.of(idOrName))
                .map(rows -> Rows.map(rows, row -> row.getUUID("id")))
                .map(TeamFinder::only);
    }

    private static UUID only(List<UUID> found) {
        return switch (found.size()) {
            case 1 -> found.get(0);
            case 0 -> throw DomainError.invalidField(OPTION, "there is none of this id or name");
            default -> throw DomainError.invalidField(OPTION,
                    "there are " + found.size() + " of this name: say which by its id");
        };
    }
}
