package dev.tollkeeper.registry;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model that usage can be of.
 *
 * @param provider the id of the provider that serves it
 * @param contextTokens how many tokens it takes at once, null where it is not known
 */
@Schema(name = "Model")
public record Model(String id, String provider, String name, Integer contextTokens) {
}
