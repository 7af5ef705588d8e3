package dev.tollkeeper.access;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one key cache of this replica. */
class CacheProducer {
    @Produces
    @Singleton
    KeyCache cache(CacheSettings settings) {
        return new KeyCache(settings.maxKeys());
    }
}
