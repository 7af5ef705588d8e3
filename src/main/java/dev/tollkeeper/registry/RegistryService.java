package dev.tollkeeper.registry;

import java.util.Comparator;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;

/** Reads the registry. */
@Singleton
class RegistryService {
    private final ProviderRepository providers;
    private final ModelRepository models;

    RegistryService(ProviderRepository providers, ModelRepository models) {
        this.providers = providers;
        this.models = models;
    }

    @WithSession
    Uni<Registry> get() {
        return providers.listAll().chain(found -> models.listAll().map(served -> registry(found, served)));
    }

    /** Ordered here: the database's order depends on its collation. */
    private static Registry registry(List<ProviderEntity> providers, List<ModelEntity> models) {
        return new Registry(
                providers.stream().map(ProviderEntity::toProvider).sorted(Comparator.comparing(Provider::id)).toList(),
                models.stream().map(ModelEntity::toModel).sorted(Comparator.comparing(Model::id)).toList());
    }
}
