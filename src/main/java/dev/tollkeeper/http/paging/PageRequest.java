package dev.tollkeeper.http.paging;

import java.util.UUID;

import dev.tollkeeper.http.problem.DomainError;

/**
 * One page of a list that is ordered by id.
 *
 * @param limit how many rows, 1 to 200
 * @param after the last id of the page before; null for the first page
 */
public record PageRequest(int limit, UUID after) {
    /** The most rows of a page. */
    public static final int MAX_LIMIT = 200;
    /** The rows of a page where the caller names no number. */
    public static final int DEFAULT_LIMIT = 100;

    /**
     * Reads {@code ?limit=} and {@code ?cursor=}.
     *
     * @throws DomainError naming the parameter that cannot be taken
     */
    public static PageRequest of(String limit, String cursor) {
        return new PageRequest(limit(limit), cursor == null ? null : Cursor.decode(cursor));
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw DomainError.invalidField("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }

    /** One row more than the page holds: whether it comes tells whether there is a next page. */
    public int probe() {
        return limit + 1;
    }
}
