package dev.tollkeeper.key;

import java.util.UUID;

/** The primary key of a key: the team first, as everywhere. */
record ApiKeyId(UUID teamId, UUID keyId) {
}
