package dev.tollkeeper.admin;

/** How far a command is, for the person who waits for it. */
public interface Progress {
    /** What is done now, and in how many steps. */
    void begin(String what, long steps);

    /** One more step is done. */
    default void step() {
        step(1);
    }

    /** So many more are done. */
    void step(long done);

    /** No more steps come. */
    void end();
}
