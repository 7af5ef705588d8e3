package dev.tollkeeper.registry;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All that is registered, each list ordered by id. */
@Schema(name = "Registry")
record Registry(List<Provider> providers, List<Model> models) {
}
