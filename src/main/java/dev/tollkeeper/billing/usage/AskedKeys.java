package dev.tollkeeper.billing.usage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import dev.tollkeeper.project.ProjectRef;
import io.vertx.sqlclient.Tuple;

/** The keys that events name, each once. */
final class AskedKeys {
    private record ById(UUID teamId, UUID keyId) {
    }

    private record ByName(UUID teamId, UUID projectId, String name) {
    }

    private final Set<ById> ids = new LinkedHashSet<>();
    private final Set<ByName> names = new LinkedHashSet<>();

    void add(Submission submission) {
        submission.events().forEach(event -> add(submission.project(), event.key()));
    }

    private void add(ProjectRef project, KeyReference key) {
        if (key.id() != null) {
            ids.add(new ById(project.teamId(), key.id()));
        } else {
            names.add(new ByName(project.teamId(), project.projectId(), key.name()));
        }
    }

    /** The ids' teams and ids; the names' teams, projects and names. */
    Tuple arguments() {
        return Tuple.of(uuids(ids, ById::teamId), uuids(ids, ById::keyId), uuids(names, ByName::teamId),
                uuids(names, ByName::projectId), names.stream().map(ByName::name).toArray(String[]::new));
    }

    private static <E> UUID[] uuids(Set<E> asked, Function<E, UUID> column) {
        return asked.stream().map(column).toArray(UUID[]::new);
    }
}
