package dev.tollkeeper.registry;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Says which provider or model is gone. */
@Schema(name = "RegistryDeletion")
record Deleted(boolean success, String deleted) {
}
