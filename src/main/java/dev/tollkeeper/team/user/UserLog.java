package dev.tollkeeper.team.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Edits;
import dev.tollkeeper.caller.Role;
import dev.tollkeeper.database.Sql;
import io.smallrye.mutiny.Uni;

/** Writes what happened to a user into the log of each team they are in; of the installation where they are in none. */
@Singleton
class UserLog {
    private final AuditTrail audit;

    UserLog(AuditTrail audit) {
        this.audit = audit;
    }

    /** Tells what was changed of a user, and in the team where it did that their role changed. */
    Uni<Void> updated(Sql sql, Subject subject, Edits changes, Optional<UUID> roleTeam, Optional<Role> role) {
        Uni<Void> user = changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : write(sql, subject, "user.updated", changes.asMap());
        return roleTeam.isEmpty() ? user : user.chain(() -> roleChanged(sql, subject, roleTeam.get(), role.orElseThrow()));
    }

    private Uni<Void> roleChanged(Sql sql, Subject subject, UUID team, Role role) {
        return audit.append(sql, new AuditEvent(team, "member.updated", "member", subject.id().toString(),
                Map.of("role", Map.of("from", subject.teams().get(team).word(), "to", role.word()))));
    }

    /** Tells it to each team. In one order always: each team's log is locked until the transaction ends. */
    Uni<Void> write(Sql sql, Subject subject, String action, Map<String, ?> changes) {
        List<UUID> logs = subject.teams().isEmpty()
                ? List.of(AuditEvent.INSTALLATION)
                : subject.teams().keySet().stream().sorted().toList();
        Uni<Void> written = Uni.createFrom().voidItem();
        for (UUID log : logs) {
            written = written.chain(
                    () -> audit.append(sql, new AuditEvent(log, action, "user", subject.id().toString(), changes)));
        }
        return written;
    }
}
