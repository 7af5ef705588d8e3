package dev.tollkeeper.http.csv;

import java.util.List;
import java.util.stream.Stream;

/** An answer whose rows can be had as CSV too: the same object makes both, so that they cannot differ. */
public interface CsvTable {
    /** The media type of CSV (RFC 4180). */
    String MEDIA_TYPE = "text/csv";

    /** The names of the columns, as the JSON has them. */
    List<String> csvHeader();

    /** Where the next page begins, told in the header {@code X-Next-Cursor}; null at the end, and where there are no pages. */
    default String nextCursor() {
        return null;
    }

    /** The rows: text, numbers, instants, or null for nothing. */
    Stream<List<?>> csvRows();
}
