package dev.tollkeeper.registry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.inject.Singleton;

import dev.tollkeeper.audit.AuditEvent;
import dev.tollkeeper.audit.AuditTrail;
import dev.tollkeeper.audit.Changes;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;

/** The operator's changes of models. */
@Singleton
class ModelService {
    private final ModelRepository models;
    private final RegistryReferences references;
    private final AuditTrail audit;

    ModelService(ModelRepository models, RegistryReferences references, AuditTrail audit) {
        this.models = models;
        this.references = references;
        this.audit = audit;
    }

    @WithTransaction
    Uni<Stored<Model>> put(String id, ModelChange change) {
        return models.lock().chain(sql -> models.findById(id).chain(found -> put(sql, id, found, change)));
    }

    private Uni<Stored<Model>> put(Sql sql, String id, ModelEntity found, ModelChange change) {
        boolean created = found == null;
        Model before = created ? null : found.toModel();
        Model after = change.over(id, before);
        return references.holdProviders(sql, List.of(after.provider()))
                .invoke(known -> requireKnown(known, after.provider()))
                .chain(() -> store(created ? new ModelEntity() : found, after, created))
                .chain(() -> audit.append(sql, event(created ? "created" : "updated", id, changes(before, after))))
                .replaceWith(new Stored<>(after, created));
    }

    private static void requireKnown(Set<String> known, String provider) {
        if (!known.contains(provider)) {
            throw DomainError.invalidField("provider", "is not a provider of the registry. GET /api/registry lists them");
        }
    }

    private Uni<?> store(ModelEntity entity, Model model, boolean created) {
        entity.write(model);
        return created ? models.persist(entity) : Uni.createFrom().voidItem();
    }

    @WithTransaction
    Uni<Void> delete(String id) {
        return models.lock().chain(sql -> delete(sql, id));
    }

    private Uni<Void> delete(Sql sql, String id) {
        return models.claim(sql, id)
                .invoke(known -> {
                    if (!known) {
                        throw DomainError.notFound("Model");
                    }
                })
                .chain(() -> models.requireUnused(sql, id))
                .chain(() -> models.findById(id))
                .call(found -> models.delete(found))
                .chain(deleted -> audit.append(sql, event("deleted", id, changes(deleted.toModel(), null))));
    }

    private static AuditEvent event(String verb, String id, Map<String, ?> changes) {
        return new AuditEvent(AuditEvent.INSTALLATION, "model." + verb, "model", id, changes);
    }

    private static Map<String, Object> changes(Model before, Model after) {
        return Changes.none().and("provider", of(before, Model::provider), of(after, Model::provider))
                .and("name", of(before, Model::name), of(after, Model::name))
                .and("context_tokens", of(before, Model::contextTokens), of(after, Model::contextTokens)).asMap();
    }

    private static Object of(Model model, Function<Model, Object> field) {
        return model == null ? null : field.apply(model);
    }
}
