package dev.tollkeeper.billing.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

import dev.tollkeeper.billing.TeamAccess;
import dev.tollkeeper.caller.CurrentCaller;
import dev.tollkeeper.caller.Requires;
import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.csv.CsvTable;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import dev.tollkeeper.money.Decimals;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What was booked on a team's balance. */
@Path("api/team-billing/{team_id}/ledger")
@Cancellable(false)
@Authenticated
@Singleton
@Tag(name = "Billing")
class LedgerResource {
    private final LedgerService ledger;
    private final TeamAccess teams;
    private final CurrentCaller caller;

    LedgerResource(LedgerService ledger, TeamAccess teams, CurrentCaller caller) {
        this.ledger = ledger;
        this.teams = teams;
        this.caller = caller;
    }

    /** One entry; a debit's reference leads to the batch of events that it is for. An adjustment names the closed month. */
    @Schema(name = "LedgerEntry")
    record EntryAnswer(UUID id, UUID transactionId, Instant at, @Schema(enumeration = {
            "credit", "usage", "expiry", "reversal", "adjustment"}) String kind, String amount, String balanceAfter,
            String currency, Reference reference, UUID reverses, @Schema(pattern = "[0-9]{4}-[0-9]{2}") String adjusts){
        static EntryAnswer of(LedgerEntry entry) {
            return new EntryAnswer(entry.id(), entry.transactionId(), entry.at(), entry.kind(), Decimals.money(entry.amount()),
                    Decimals.money(entry.balanceAfter()), entry.currency(),
                    new Reference(entry.referenceType(), entry.referenceId()), entry.reverses(),
                    entry.adjusts() == null ? null : entry.adjusts().toString());
        }
    }

    /** What an entry was booked for. */
    @Schema(name = "LedgerReference")
    record Reference(String type, UUID id) {
    }

    /** A page of a team's ledger. */
    @Schema(name = "LedgerEntries")
    record EntryList(List<EntryAnswer> entries, String nextCursor) implements CsvTable {
        @Override
        public List<String> csvHeader() {
            return List.of("id", "at", "kind", "amount", "balance_after", "currency", "reference_type", "reference_id",
                    "reverses", "adjusts");
        }

        @Override
        public Stream<List<?>> csvRows() {
            return entries.stream().map(entry -> Arrays.asList(entry.id(), entry.at(), entry.kind(), entry.amount(),
                    entry.balanceAfter(), entry.currency(), entry.reference().type(), entry.reference().id(),
                    entry.reverses(), entry.adjusts()));
        }
    }

    @GET
    @Requires(Scope.BILLING_READ)
    @Produces({MediaType.APPLICATION_JSON, CsvTable.MEDIA_TYPE})
    @Operation(operationId = "listLedgerEntries", summary = "Read a team's ledger", description = "The entries of the team's "
            + "balance, newest first. Amounts taken are below zero. As CSV, the next page's cursor is in the header `X-Next-Cursor`.")
    public Uni<EntryList> list(@PathParam("team_id") String teamId, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        return teams.inPath(caller.get(), teamId)
                .chain(team -> ledger.entries(team, page))
                .map(entries -> entries.map(EntryAnswer::of))
                .map((Page<EntryAnswer> found) -> new EntryList(found.items(), found.nextCursor()));
    }
}
