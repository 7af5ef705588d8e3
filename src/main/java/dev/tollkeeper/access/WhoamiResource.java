package dev.tollkeeper.access;

import java.util.Optional;
import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.KeyCaller;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.UserCaller;
import dev.tollkeeper.project.ProjectAccess;
import dev.tollkeeper.project.ProjectRef;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/**
 * Tells a caller who they are: the one call that an ordinary key may make. Most keys are answered before, by
 * {@link WhoamiRoute}.
 */
@Path(WhoamiRoute.PATH)
@Cancellable(false)
@Authenticated
@Tag(name = "Identity")
class WhoamiResource {
    private final CurrentCaller caller;
    private final ProjectAccess projects;

    WhoamiResource(CurrentCaller caller, ProjectAccess projects) {
        this.caller = caller;
        this.projects = projects;
    }

    @GET
    @Operation(operationId = "whoami", summary = "Who am I", description = "Tells what an API key or user token stands for.")
    public Uni<Whoami> whoami(@QueryParam("project_id") String projectId) {
        Caller who = caller.get();
        if (who instanceof KeyCaller key) {
            return Uni.createFrom().item(Whoami.of(key));
        }
        UserCaller user = (UserCaller) who;
        return projects.find(user, projectId).map(project -> whoami(user, project));
    }

    private static Whoami whoami(UserCaller user, Optional<ProjectRef> project) {
        UUID team = project.map(ProjectRef::teamId).or(user::onlyTeam).orElse(null);
        String role = user.isOperator()
                ? "operator"
                : Optional.ofNullable(team).flatMap(user::roleIn).map(Role::word).orElse(null);
        return new Whoami("user", team, project.map(ProjectRef::projectId).orElse(null),
                new Whoami.User(user.userId(), user.email(), role),
                null);
    }
}
