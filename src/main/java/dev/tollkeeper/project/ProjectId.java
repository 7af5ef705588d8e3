package dev.tollkeeper.project;

import java.io.Serializable;
import java.util.UUID;

/** The key of a {@link Project}: led by the team, like every key here. */
record ProjectId(UUID teamId, UUID id) implements Serializable {
}
