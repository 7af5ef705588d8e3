package dev.tollkeeper.project.config;

import java.io.Serializable;
import java.util.UUID;

/** A configuration's primary key, led by the team. */
record ConfigKey(UUID teamId, UUID projectId) implements Serializable {
}
