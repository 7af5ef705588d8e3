package dev.tollkeeper.registry;

import java.util.Map;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Changes;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** The operator's changes of providers. */
@Singleton
class ProviderService {
    private final ProviderRepository providers;
    private final AuditTrail audit;

    ProviderService(ProviderRepository providers, AuditTrail audit) {
        this.providers = providers;
        this.audit = audit;
    }

    @WithTransaction
    Uni<Stored<Provider>> put(String id, ProviderChange change) {
        return providers.lock().chain(sql -> providers.findById(id).chain(found -> put(sql, id, found, change)));
    }

    private Uni<Stored<Provider>> put(Sql sql, String id, ProviderEntity found, ProviderChange change) {
        boolean created = found == null;
        Provider before = created ? null : found.toProvider();
        Provider after = change.over(id, before);
        ProviderEntity entity = created ? new ProviderEntity() : found;
        entity.write(after);
        Uni<?> stored = created ? providers.persist(entity) : Uni.createFrom().voidItem();
        return stored.chain(() -> audit.append(sql, event(created ? "created" : "updated", id, changes(before, after))))
                .replaceWith(new Stored<>(after, created));
    }

    @WithTransaction
    Uni<Void> delete(String id) {
        return providers.lock().chain(sql -> delete(sql, id));
    }

    private Uni<Void> delete(Sql sql, String id) {
        return providers.claim(sql, id)
                .invoke(known -> {
                    if (!known) {
                        throw DomainError.notFound("Provider");
                    }
                })
                .chain(() -> providers.requireUnused(sql, id))
                .chain(() -> providers.findById(id))
                .call(found -> providers.delete(found))
                .chain(deleted -> audit.append(sql, event("deleted", id, changes(deleted.toProvider(), null))));
    }

    private static AuditEvent event(String verb, String id, Map<String, ?> changes) {
        return new AuditEvent(AuditEvent.INSTALLATION, "provider." + verb, "provider", id, changes);
    }

    private static Map<String, Object> changes(Provider before, Provider after) {
        return Changes.none()
                .and("name", before == null ? null : before.name(), after == null ? null : after.name())
                .and("eu_native", before == null ? null : before.euNative(), after == null ? null : after.euNative())
                .asMap();
    }
}
