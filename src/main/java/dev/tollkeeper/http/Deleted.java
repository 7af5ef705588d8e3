package dev.tollkeeper.http;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the deletion of something by its id answers.
 *
 * @param success always true: a failure is a problem
 * @param deleted the id of what is gone
 */
@Schema(name = "DeletedById")
public record Deleted(boolean success, UUID deleted) {
    /** The answer that says this is gone. */
    public static Deleted of(UUID id) {
        return new Deleted(true, id);
    }
}
