package dev.tollkeeper.access;

import io.smallrye.mutiny.Uni;

/** What came of taking uses from a key's rate limit. */
interface Take {
    /** That of a key without a rate limit. */
    Take UNLIMITED = new Take() {
        @Override
        public boolean taken() {
            return true;
        }

        @Override
        public RateState state() {
            return null;
        }

        @Override
        public Uni<Void> giveBack() {
            return Uni.createFrom().voidItem();
        }
    };

    /** Whether the uses were there. */
    boolean taken();

    /** Where that leaves the key, null for a key without a rate limit. */
    RateState state();

    /** Gives the uses back to the window they were taken from, for a request that was refused after all. */
    Uni<Void> giveBack();
}
