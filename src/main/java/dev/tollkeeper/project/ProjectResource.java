package dev.tollkeeper.project;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Deleted;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.Sent;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.team.Names;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Projects. */
@Path("api/projects")
@Cancellable(false)
@Authenticated
@Tag(name = "Projects")
class ProjectResource {
    private static final int CREATED = 201;
    private final ProjectService service;
    private final CurrentCaller caller;

    ProjectResource(ProjectService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** A project as the API tells it. */
    @Schema(name = "Project")
    record ProjectAnswer(UUID id, UUID teamId, String name, Instant createdAt) {
        static ProjectAnswer of(Project project) {
            return new ProjectAnswer(project.id(), project.teamId(), project.name(), project.createdAt());
        }
    }

    /** Projects, oldest first. */
    @Schema(name = "ProjectList")
    record ProjectList(List<ProjectAnswer> projects, String nextCursor) {
        static ProjectList of(Page<Project> page) {
            return new ProjectList(page.items().stream().map(ProjectAnswer::of).toList(), page.nextCursor());
        }
    }

    /**
     * A project to be made.
     *
     * @param teamId the team whose it is; not needed by who is in one team
     */
    @Schema(name = "NewProject")
    record NewProjectBody(
            @NotNull @Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String name,
            String teamId) {
    }

    /** What is to change of a project; what is left out stays. */
    @Schema(name = "ProjectChange")
    record ProjectChangeBody(
            Optional<@Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String> name) {
    }

    @GET
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "listProjects", summary = "List projects", description = "The projects of the caller's teams, or of "
            + "the one that `team_id` names; the operator's token: all.")
    public Uni<ProjectList> list(@QueryParam("team_id") String teamId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return service.list(caller.get(), teamId, PageRequest.of(limit, cursor)).map(ProjectList::of);
    }

    @POST
    @Requires(Scope.USERS_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new project", content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProjectAnswer.class)))
    @Operation(operationId = "createProject", summary = "Create a project", description = "For admins of the team. The project has "
            + "a default configuration.")
    public Uni<ProjectAnswer> create(@NotNull @Valid NewProjectBody body) {
        return service.create(caller.get(), body.name(), body.teamId()).map(ProjectAnswer::of);
    }

    @GET
    @Path("{id}")
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "getProject", summary = "Get a project")
    public Uni<ProjectAnswer> get(@PathParam("id") String id) {
        return service.get(caller.get(), Ids.inPath(id, "Project")).map(ProjectAnswer::of);
    }

    @PUT
    @Path("{id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "updateProject", summary = "Rename a project", description = "For admins of the team.")
    public Uni<ProjectAnswer> update(@PathParam("id") String id, @NotNull @Valid ProjectChangeBody body) {
        return service.update(caller.get(), Ids.inPath(id, "Project"), Sent.value(body.name(), "name")).map(ProjectAnswer::of);
    }

    @DELETE
    @Path("{id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "deleteProject", summary = "Delete a project", description = "For admins of the team, once the project "
            + "has no live key. Its usage and bills are kept.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        UUID project = Ids.inPath(id, "Project");
        return service.delete(caller.get(), project).replaceWith(Deleted.of(project));
    }
}
