package dev.tollkeeper.access;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

import dev.tollkeeper.database.Listener;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;

/**
 * What is heard over one connection. A mark that comes over it says that every change since it listens was heard of, and
 * nothing of those before: so marks wait until what was missed is known.
 */
final class Subscription implements Listener.Subscription {
    private static final String CHANGED = "changed ";

    private final Consumer<UUID> changed;
    private final Function<Sql, Uni<Void>> catchUp;
    private final String ownMark;
    private final LongConsumer marks;
    private final List<Long> early = new ArrayList<>();
    private boolean caughtUp;

    /**
     * Hears nothing yet.
     *
     * @param catchUp applies what was missed
     * @param ownMark what a mark of this replica begins with; its number follows
     * @param marks takes the numbers of marks that count
     */
    Subscription(Consumer<UUID> changed, Function<Sql, Uni<Void>> catchUp, String ownMark, LongConsumer marks) {
        this.changed = changed;
        this.catchUp = catchUp;
        this.ownMark = ownMark;
        this.marks = marks;
    }

    @Override
    public Uni<Void> begin(Sql sql) {
        return catchUp.apply(sql).invoke(this::caughtUp);
    }

    private synchronized void caughtUp() {
        caughtUp = true;
        early.forEach(marks::accept);
        early.clear();
    }

    @Override
    public void hear(String message) {
        if (message.startsWith(CHANGED)) {
            Ids.parse(message.substring(CHANGED.length())).ifPresent(changed);
        } else if (message.startsWith(ownMark)) {
            mark(Long.parseLong(message.substring(ownMark.length())));
        }
    }

    private synchronized void mark(long number) {
        if (caughtUp) {
            marks.accept(number);
        } else {
            early.add(number);
        }
    }
}
