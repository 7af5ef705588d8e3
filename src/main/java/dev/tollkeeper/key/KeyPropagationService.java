package dev.tollkeeper.key;

import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

/** Tells how far a key's last change has come. */
@Singleton
class KeyPropagationService {
    private final KeyService keys;
    private final KeyPropagationRepository propagations;

    KeyPropagationService(KeyService keys, KeyPropagationRepository propagations) {
        this.keys = keys;
        this.propagations = propagations;
    }

    /** Which replicas have heard of the last change of a key, or of what its verdict depends on. */
    Uni<KeyPropagation> get(KeyActor actor, UUID keyId) {
        return keys.get(actor, keyId)
                .map(key -> List.of(keyId, actor.projectId(), actor.teamId(), key.createdBy()))
                .chain(things -> propagations.find(keyId, things));
    }
}
