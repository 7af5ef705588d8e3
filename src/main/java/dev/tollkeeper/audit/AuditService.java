package dev.tollkeeper.audit;

import jakarta.inject.Singleton;

import dev.tollkeeper.caller.Caller;
import dev.tollkeeper.http.paging.Page;
import dev.tollkeeper.http.paging.PageRequest;
import io.smallrye.mutiny.Uni;

/** Reads and checks the log for those who may. */
@Singleton
class AuditService {
    private final AuditTeam teams;
    private final AuditRepository entries;
    private final ChainVerifier chains;

    AuditService(AuditTeam teams, AuditRepository entries, ChainVerifier chains) {
        this.teams = teams;
        this.entries = entries;
        this.chains = chains;
    }

    /** A page of the log, the newest first. */
    Uni<Page<AuditEntry>> list(Caller caller, String teamId, AuditFilter filter, PageRequest page) {
        return teams.require(caller, teamId)
                .chain(team -> entries.list(team, filter, page))
                .map(found -> Page.of(found, page, AuditEntry::id));
    }

    /** Whether the log is as it was written. */
    Uni<ChainVerdict> verify(Caller caller, String teamId) {
        return teams.require(caller, teamId).chain(chains::verify);
    }
}
