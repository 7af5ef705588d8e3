package dev.tollkeeper.billing.usage;

import java.util.LinkedHashSet;
import java.util.Set;

import dev.tollkeeper.database.Columns;
import dev.tollkeeper.project.ProjectRef;
import io.vertx.sqlclient.Tuple;

/** The keys that events name, each once. */
final class AskedKeys {
    private final Set<TeamsKey> ids = new LinkedHashSet<>();
    private final Set<NamedKey> names = new LinkedHashSet<>();

    void add(Submission submission) {
        submission.events().forEach(event -> add(submission.project(), event.key()));
    }

    private void add(ProjectRef project, KeyReference key) {
        if (key.id() != null) {
            ids.add(new TeamsKey(project.teamId(), key.id()));
        } else {
            names.add(new NamedKey(project.teamId(), project.projectId(), key.name()));
        }
    }

    /** The ids' teams and ids; the names' teams, projects and names. */
    Tuple arguments() {
        return Tuple.of(Columns.uuids(ids, TeamsKey::teamId), Columns.uuids(ids, TeamsKey::keyId),
                Columns.uuids(names, NamedKey::teamId),
                Columns.uuids(names, NamedKey::projectId), Columns.texts(names, NamedKey::name));
    }
}
