package dev.tollkeeper.billing.usage;

import java.util.UUID;

/** A key of a team, by its id. */
record TeamsKey(UUID teamId, UUID keyId) {
}
