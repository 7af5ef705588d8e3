package dev.tollkeeper.billing.budget;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
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
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Budgets of a project. */
@Path("api/budgets")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Budgets")
class BudgetResource {
    private static final int CREATED = 201;

    private final BudgetService budgets;
    private final CurrentCaller caller;

    BudgetResource(BudgetService budgets, CurrentCaller caller) {
        this.budgets = budgets;
        this.caller = caller;
    }

    /** A page of budgets, oldest first. */
    @Schema(name = "Budgets")
    record BudgetList(List<BudgetAnswer> budgets, String nextCursor) {
        static BudgetList of(Page<BudgetState> page) {
            return new BudgetList(page.items().stream().map(BudgetAnswer::of).toList(), page.nextCursor());
        }
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "listBudgets", summary = "List a project's budgets", description = "With what was spent so far. A user "
            + "of several projects names one by `project_id`.")
    public Uni<BudgetList> list(@QueryParam("project_id") String projectId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return budgets.list(caller.get(), projectId, PageRequest.of(limit, cursor)).map(BudgetList::of);
    }

    @POST
    @Requires(Scope.BILLING_WRITE)
    @ResponseStatus(CREATED)
    @APIResponse(responseCode = "201", description = "The new budget")
    @Operation(operationId = "createBudget", summary = "Make a budget", description = "For admins of the team, at most 100 a project. "
            + "What was spent in its window before counts. Once `hard_limit` is reached, keys that it counts are refused with "
            + "`budget_exhausted`, unless `enforced` is false.")
    public Uni<BudgetAnswer> create(@QueryParam("project_id") String projectId, @NotNull @Valid NewBudgetBody body) {
        return budgets.create(caller.get(), projectId, body.terms()).map(BudgetAnswer::of);
    }

    @GET
    @Path("{id}")
    @Requires(Scope.BILLING_READ)
    @Operation(operationId = "getBudget", summary = "Get a budget", description = "With what was spent so far in its present window.")
    public Uni<BudgetAnswer> get(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        return budgets.get(caller.get(), projectId, Ids.inPath(id, "Budget")).map(BudgetAnswer::of);
    }

    @PUT
    @Path("{id}")
    @Requires(Scope.BILLING_WRITE)
    @Operation(operationId = "updateBudget", summary = "Edit a budget", description = "For admins of the team. Fields left out stay as "
            + "they are. A change of scope, period or zone begins a new count, from the events.")
    public Uni<BudgetAnswer> update(@PathParam("id") String id, @QueryParam("project_id") String projectId,
            @NotNull @Valid BudgetChangeBody body) {
        return budgets.update(caller.get(), projectId, Ids.inPath(id, "Budget"), body::applyTo).map(BudgetAnswer::of);
    }

    @DELETE
    @Path("{id}")
    @Requires(Scope.BILLING_WRITE)
    @Operation(operationId = "deleteBudget", summary = "Delete a budget", description = "For admins of the team. Keys that it refused "
            + "are free again.")
    public Uni<Deleted> delete(@PathParam("id") String id, @QueryParam("project_id") String projectId) {
        UUID budget = Ids.inPath(id, "Budget");
        return budgets.delete(caller.get(), projectId, budget).replaceWith(Deleted.of(budget));
    }
}
