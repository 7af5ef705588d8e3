package dev.tollkeeper.database;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** What a query's rows say. */
public final class Rows {
    private Rows() {
    }

    /** What each row says, in the order in which they came. */
    public static <T> List<T> map(RowSet<Row> rows, Function<? super Row, ? extends T> read) {
        return StreamSupport.stream(rows.spliterator(), false).<T>map(read).toList();
    }

    /** What the first row says; empty where there is none, or it says null. */
    public static <T> Optional<T> first(RowSet<Row> rows, Function<? super Row, ? extends T> read) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst().map(read);
    }
}
