package dev.tollkeeper.http.paging;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param <T> what the list is of
 * @param items the rows of this page
 * @param nextCursor where the next page begins; null at the end
 */
public record Page<T>(List<T> items, String nextCursor) {
    /** The page that a query for {@link PageRequest#probe()} rows gives. */
    public static <T> Page<T> of(List<T> probed, PageRequest request, Function<T, UUID> id) {
        if (probed.size() <= request.limit()) {
            return new Page<>(List.copyOf(probed), null);
        }
        List<T> items = List.copyOf(probed.subList(0, request.limit()));
        return new Page<>(items, Cursor.encode(id.apply(items.get(items.size() - 1))));
    }

    /** The same page of something made from each row. */
    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextCursor);
    }
}
