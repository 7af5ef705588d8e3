package dev.tollkeeper.project.config;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.EntityTags;
import dev.tollkeeper.project.ProjectAccess;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** A project's configuration, as the Cortecs Management API has it. */
@Path("api/manage/project-configs")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Project configuration")
class ConfigResource {
    private final ConfigService configs;
    private final ProjectAccess projects;
    private final CurrentCaller caller;

    ConfigResource(ConfigService configs, ProjectAccess projects, CurrentCaller caller) {
        this.configs = configs;
        this.projects = projects;
        this.caller = caller;
    }

    /** Says that it is done. */
    @Schema(name = "ProjectConfigChanged")
    record ChangedAnswer(boolean success) {
    }

    @GET
    @Requires(Scope.SETTINGS_READ)
    @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER, schema = @Schema(type = SchemaType.STRING))
    @Operation(operationId = "getProjectConfig", summary = "Get the project's configuration", description = "With a strong `ETag`; `If-None-Match` with that answers 304 while nothing has changed.")
    public Uni<RestResponse<ConfigAnswer>> get(@QueryParam("project_id") String projectId, @Context RoutingContext request) {
        EntityTags had = tags(request, HttpHeaders.IF_NONE_MATCH);
        return projects.require(caller.get(), projectId)
                .chain(configs::get)
                .map(config -> answer(config, had));
    }

    /** Every line of the header, empty ones too: to a header parameter those would not be there. */
    private static EntityTags tags(RoutingContext request, String header) {
        return EntityTags.parse(request.request().headers().getAll(header));
    }

    private static RestResponse<ConfigAnswer> answer(ProjectConfig config, EntityTags had) {
        boolean unchanged = had != null && had.matchWeakly(config.entityTag());
        ResponseBuilder<ConfigAnswer> response = unchanged
                ? ResponseBuilder.notModified()
                : ResponseBuilder.ok(ConfigAnswer.of(config));
        return response.header(HttpHeaders.ETAG, config.entityTag()).header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    @PUT
    @Requires(Scope.SETTINGS_WRITE)
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER, schema = @Schema(type = SchemaType.STRING))
    @Operation(operationId = "updateProjectConfig", summary = "Change the project's configuration", description = "Fields left out stay as they are; null puts a field back to its default. Restricted to admins "
            + "unless `allow_overwrite` is true; only admins change `allow_overwrite`. Unknown providers and models: "
            + "400 `registry_validation_failed`. With `If-Match`, 412 where somebody changed it since.")
    public Uni<RestResponse<ChangedAnswer>> update(@QueryParam("project_id") String projectId,
            @Context RoutingContext request, @NotNull @Valid ConfigBody body) {
        EntityTags expected = tags(request, HttpHeaders.IF_MATCH);
        ConfigChange change = body.toChange();
        return projects.require(caller.get(), projectId)
                .chain(project -> configs.update(project, change, expected))
                .map(config -> ResponseBuilder.ok(new ChangedAnswer(true)).header(HttpHeaders.ETAG, config.entityTag())
                        .build());
    }
}
