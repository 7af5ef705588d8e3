package dev.tollkeeper.team.user;

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
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Deleted;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.RequestInfo;
import dev.tollkeeper.http.Sent;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.team.Names;
import dev.tollkeeper.team.Passwords;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Users. */
@Path("api/users")
@Cancellable(false)
@Authenticated
@Tag(name = "Users")
class UserResource {
    private static final int CREATED = 201;
    private static final String ROLES = "admin|member";
    private static final String ROLES_MESSAGE = "must be admin or member";

    private final UserService service;
    private final UserEditService edits;
    private final CurrentCaller caller;

    UserResource(UserService service, UserEditService edits, CurrentCaller caller) {
        this.service = service;
        this.edits = edits;
        this.caller = caller;
    }

    /** A user as the API tells them: never with a password, or anything made from one. */
    @Schema(name = "User")
    record UserAnswer(UUID id, String email, String name, @Schema(enumeration = {
            "admin", "member", "operator"}) String role,
            @Schema(enumeration = {
                    "active", "disabled"}) String status,
            Instant createdAt){
        /** The user as this caller sees them: who is operator only an operator learns. */
        static UserAnswer of(UserView view, Caller seenBy) {
            String inTeam = view.role() == null ? null : view.role().word();
            return new UserAnswer(view.id(), view.email(), view.name(),
                    view.operator() && seenBy.isOperator() ? "operator" : inTeam, view.status().word(), view.createdAt());
        }
    }

    /** Users, oldest first. */
    @Schema(name = "UserList")
    record UserList(List<UserAnswer> users, String nextCursor) {
        static UserList of(Page<UserView> page, Caller seenBy) {
            return new UserList(page.items().stream().map(view -> UserAnswer.of(view, seenBy)).toList(), page.nextCursor());
        }
    }

    /**
     * A user to be made.
     *
     * @param role member where not given
     * @param teamId the team to put them into; not needed by who is in one team
     */
    @Schema(name = "NewUser")
    record NewUserBody(
            @NotNull @Size(min = 3, max = EmailAddress.MAX_LENGTH) @Pattern(regexp = EmailAddress.SHAPE, message = EmailAddress.MESSAGE) String email,
            @NotNull @Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String name,
            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH) String password,
            @Pattern(regexp = ROLES, message = ROLES_MESSAGE) String role,
            String teamId) {
        UserService.NewUser user() {
            return new UserService.NewUser(EmailAddress.normal(email), name, password,
                    role == null ? Role.MEMBER : Role.of(role).orElseThrow());
        }

        @Override
        public String toString() {
            return "NewUserBody[…]";
        }
    }

    /**
     * What is to change of a user; what is left out stays.
     *
     * @param currentPassword needed by users who change their own email or password
     * @param role the role in the team that {@code ?team_id=} names, or in the only one shared
     */
    @Schema(name = "UserChange")
    record UserChangeBody(
            Optional<@Size(min = 1, max = Names.MAX_LENGTH) @Pattern(regexp = Names.PRINTABLE, message = Names.MESSAGE) String> name,
            Optional<@Size(min = 3, max = EmailAddress.MAX_LENGTH) @Pattern(regexp = EmailAddress.SHAPE, message = EmailAddress.MESSAGE) String> email,
            Optional<@Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH) String> password,
            @Size(max = 1000) String currentPassword,
            Optional<@Pattern(regexp = "active|disabled", message = "must be active or disabled") String> status,
            Optional<@Pattern(regexp = ROLES, message = ROLES_MESSAGE) String> role) {
        UserChange change() {
            return new UserChange(Sent.value(name, "name"), Sent.value(email, "email").map(EmailAddress::normal),
                    Sent.value(password, "password"), currentPassword, Sent.value(status, "status").map(UserStatus::of),
                    Sent.value(role, "role").map(word -> Role.of(word).orElseThrow()));
        }

        @Override
        public String toString() {
            return "UserChangeBody[…]";
        }
    }

    @GET
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "listUsers", summary = "List users", description = "The users of the caller's teams, or of the one "
            + "that `team_id` names; the operator's token: all.")
    public Uni<UserList> list(@QueryParam("team_id") String teamId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Caller who = caller.get();
        return service.list(who, teamId, PageRequest.of(limit, cursor)).map(page -> UserList.of(page, who));
    }

    @POST
    @Requires(Scope.USERS_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new user", content = @Content(mediaType = "application/json", schema = @Schema(implementation = UserAnswer.class)))
    @Operation(operationId = "createUser", summary = "Create a user", description = "For admins of the team. An address belongs to "
            + "one user: one that is taken is `duplicate_name`.")
    public Uni<UserAnswer> create(@NotNull @Valid NewUserBody body) {
        Caller who = caller.get();
        return service.create(who, body.user(), body.teamId()).map(made -> UserAnswer.of(made, who));
    }

    @GET
    @Path("{id}")
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "getUser", summary = "Get a user")
    public Uni<UserAnswer> get(@PathParam("id") String id, @QueryParam("team_id") String teamId) {
        Caller who = caller.get();
        return service.get(who, Ids.inPath(id, "User"), teamId).map(found -> UserAnswer.of(found, who));
    }

    @PUT
    @Path("{id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "updateUser", summary = "Change a user", description = "Users change their own name, email and "
            + "password. An admin changes others: name and role in the team; email, password and status where they administer "
            + "every team that the user is in.")
    public Uni<UserAnswer> update(@PathParam("id") String id, @QueryParam("team_id") String teamId,
            @NotNull @Valid UserChangeBody body, @Context RoutingContext request) {
        Caller who = caller.get();
        return edits.update(who, Ids.inPath(id, "User"), body.change(), teamId, RequestInfo.clientAddress(request))
                .map(changed -> UserAnswer.of(changed, who));
    }

    @DELETE
    @Path("{id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "deleteUser", summary = "Delete a user", description = "For who administers every team that the user "
            + "is in. Their tokens stop at once; the keys they made are the project's and go on working. The address is free "
            + "again.")
    public Uni<Deleted> delete(@PathParam("id") String id) {
        UUID user = Ids.inPath(id, "User");
        return edits.delete(caller.get(), user).replaceWith(Deleted.of(user));
    }
}
