package dev.tollkeeper.access;

import io.smallrye.mutiny.Uni;

/** The uses of one key in one window, as this replica counts them. */
final class Window {
    private final long endsAtMillis;
    private long used;

    Window(long used, long endsAtMillis) {
        this.used = used;
        this.endsAtMillis = endsAtMillis;
    }

    long millisLeft(long now) {
        return Math.max(0, endsAtMillis - now);
    }

    /** Takes all of these uses or none; none of them only looks. */
    synchronized Take take(RateLimit limit, int uses, long now) {
        boolean taken = uses == 0 || used + uses <= limit.limit();
        if (taken) {
            used += uses;
        }
        return new Taken(taken, RateState.of(limit, used, millisLeft(now)), this, taken ? uses : 0);
    }

    private synchronized void giveBack(int uses) {
        used -= uses;
    }

    private record Taken(boolean taken, RateState state, Window from, int uses) implements Take {
        @Override
        public Uni<Void> giveBack() {
            from.giveBack(uses);
            return Uni.createFrom().voidItem();
        }
    }
}
