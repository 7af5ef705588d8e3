package dev.tollkeeper.key;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.project.ProjectAccess;
import io.smallrye.mutiny.Uni;

/** Finds who works on the keys of which project. */
@Singleton
class KeyActors {
    private final CurrentCaller caller;
    private final ProjectAccess projects;

    KeyActors(CurrentCaller caller, ProjectAccess projects) {
        this.caller = caller;
        this.projects = projects;
    }

    /** The caller of the request at hand, in the project that they or {@code ?project_id=} name. */
    Uni<KeyActor> current(String projectId) {
        Caller who = caller.get();
        return projects.require(who, projectId).map(project -> new KeyActor(who, project));
    }
}
