package dev.tollkeeper.billing.usage;

import java.util.UUID;

/** A key of a project, by its name. */
record NamedKey(UUID teamId, UUID projectId, String name) {
}
