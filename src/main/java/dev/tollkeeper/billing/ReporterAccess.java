package dev.tollkeeper.billing;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.project.ProjectAccess;
import dev.tollkeeper.project.ProjectRef;
import io.smallrye.mutiny.Uni;

/** Finds the project whose usage a call reports or reserves for. A key has the scope, which the access check has seen to; a user has to be an admin. */
@Singleton
public class ReporterAccess {
    private final ProjectAccess projects;

    ReporterAccess(ProjectAccess projects) {
        this.projects = projects;
    }

    /** The project of this request, as {@link ProjectAccess#require} finds it; fails with {@code admin_required} for a member. */
    public Uni<ProjectRef> require(Caller caller, String projectId) {
        return projects.require(caller, projectId).invoke(project -> {
            if (caller instanceof UserCaller && project.role() != Role.ADMIN) {
                throw Caller.adminRequired();
            }
        });
    }
}
