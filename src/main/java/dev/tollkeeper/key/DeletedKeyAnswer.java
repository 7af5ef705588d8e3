package dev.tollkeeper.key;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a deletion answers.
 *
 * @param deleted the name of the key
 */
@Schema(name = "DeletedKey")
record DeletedKeyAnswer(boolean success, String deleted) {
    static DeletedKeyAnswer of(String name) {
        return new DeletedKeyAnswer(true, name);
    }
}
