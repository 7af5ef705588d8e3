package dev.tollkeeper.http.paging;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

import dev.tollkeeper.http.problem.DomainError;

/** The place in a list where a page ended. Opaque to clients. */
public final class Cursor {
    private static final int UUID_BYTES = 16;

    private Cursor() {
    }

    /** The cursor after this id. */
    public static String encode(UUID last) {
        byte[] bytes = ByteBuffer.allocate(UUID_BYTES).putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits()).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The id that a cursor stands for.
     *
     * @throws DomainError when it is none of ours
     */
    public static UUID decode(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length == UUID_BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                return new UUID(buffer.getLong(), buffer.getLong());
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below, like every other cursor that is none of ours.
        }
        throw DomainError.invalidField("cursor", "is not a cursor of this list. Take next_cursor of the page before");
    }
}
