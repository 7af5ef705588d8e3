package dev.tollkeeper.load.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that fails.
 *
 * @param name what, in a heading's words
 * @param does what is done to the installation, in a sentence
 * @param begin makes it fail
 * @param lasts for how long it is left so, once {@code begin} is done
 * @param end mends it
 * @param movesClock whether it needs a service whose clock can be moved
 * @param noneFails whether no request at all may go without its right answer
 * @param missing why it cannot be tried here, if so
 */
record Fault(String name, String does, Step begin, Duration lasts, Step end, boolean movesClock, boolean noneFails, Optional<String> missing) {
    /** What is done to the installation. */
    @FunctionalInterface
    interface Step {
        void on(Installation installation) throws Exception;
    }
}
