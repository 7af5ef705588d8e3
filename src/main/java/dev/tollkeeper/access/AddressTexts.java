package dev.tollkeeper.access;

import java.util.Optional;

import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.tollkeeper.key.IpAddresses;

/** Addresses in their canonical form. The same clients come again and again, so what was read is kept. */
@Singleton
class AddressTexts {
    private static final int MOST_KEPT = 20_000;

    private final Cache<String, Optional<String>> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    /** The address of a text of at most 64 characters, empty where it is not exactly one. */
    Optional<String> canonical(String text) {
        return kept.get(text, unread -> IpAddresses.parseStrict(unread).map(address -> address.toCanonicalString()));
    }
}
