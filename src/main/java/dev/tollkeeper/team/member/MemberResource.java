package dev.tollkeeper.team.member;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.Deleted;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The members of a team. */
@Path("api/teams/{id}/members")
@Cancellable(false)
@Authenticated
@Tag(name = "Teams")
class MemberResource {
    private final MemberService service;
    private final CurrentCaller caller;

    MemberResource(MemberService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** A member of a team. */
    @Schema(name = "Member")
    record MemberAnswer(UUID userId, String email, String name, @Schema(enumeration = {
            "admin", "member"}) String role, Instant createdAt){
        static MemberAnswer of(Member member) {
            return new MemberAnswer(member.userId(), member.email(), member.name(), member.role().word(), member.createdAt());
        }
    }

    /** Members, the oldest users first. */
    @Schema(name = "MemberList")
    record MemberList(List<MemberAnswer> members, String nextCursor) {
        static MemberList of(Page<Member> page) {
            return new MemberList(page.items().stream().map(MemberAnswer::of).toList(), page.nextCursor());
        }
    }

    /** What a user shall be in the team. */
    @Schema(name = "MemberRole")
    record RoleBody(@NotNull @Pattern(regexp = "admin|member", message = "must be admin or member") String role) {
    }

    @GET
    @Requires(Scope.USERS_READ)
    @Operation(operationId = "listMembers", summary = "List a team's members")
    public Uni<MemberList> list(@PathParam("id") String id, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return service.list(caller.get(), Ids.inPath(id, "Team"), PageRequest.of(limit, cursor)).map(MemberList::of);
    }

    @PUT
    @Path("{user_id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "putMember", summary = "Give a member a role", description = "For admins. The operator also puts a "
            + "user of another team into this one. A team keeps at least one active admin.")
    @APIResponse(responseCode = "200", description = "The member has the role", content = @Content(mediaType = "application/json", schema = @Schema(implementation = MemberAnswer.class)))
    @APIResponse(responseCode = "201", description = "The user is a member now", content = @Content(mediaType = "application/json", schema = @Schema(implementation = MemberAnswer.class)))
    public Uni<RestResponse<MemberAnswer>> put(@PathParam("id") String id, @PathParam("user_id") String userId,
            @NotNull @Valid RoleBody body) {
        Role role = Role.of(body.role()).orElseThrow();
        return service.place(caller.get(), Ids.inPath(id, "Team"), Ids.inPath(userId, "User"), role)
                .map(MemberResource::answer);
    }

    private static RestResponse<MemberAnswer> answer(MemberService.Placed placed) {
        var status = placed.added() ? RestResponse.Status.CREATED : RestResponse.Status.OK;
        return RestResponse.status(status, MemberAnswer.of(placed.member()));
    }

    @DELETE
    @Path("{user_id}")
    @Requires(Scope.USERS_WRITE)
    @Operation(operationId = "deleteMember", summary = "Take a member out of a team", description = "For admins, and for a user "
            + "who leaves. The user stays, and so do the keys they made. A team keeps at least one active admin.")
    public Uni<Deleted> delete(@PathParam("id") String id, @PathParam("user_id") String userId) {
        UUID user = Ids.inPath(userId, "User");
        return service.remove(caller.get(), Ids.inPath(id, "Team"), user).replaceWith(Deleted.of(user));
    }
}
