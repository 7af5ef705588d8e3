package dev.tollkeeper.access;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what this replica remembers things in. */
class CacheProducer {
    private static final int MOST_SURROUNDINGS = 100_000;

    @Produces
    @Singleton
    Remembered<SecretDigest, KeyRecord> keys(CacheSettings settings, Changes changes) {
        return new Remembered<>(settings.maxKeys(), changes);
    }

    @Produces
    @Singleton
    Remembered<Surroundings.Place, Surroundings> surroundings(Changes changes) {
        return new Remembered<>(MOST_SURROUNDINGS, changes);
    }
}
