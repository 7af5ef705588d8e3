package dev.tollkeeper.registry;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A company that serves models.
 *
 * @param euNative whether it is a European company
 */
@Schema(name = "Provider")
public record Provider(String id, String name, boolean euNative) {
}
