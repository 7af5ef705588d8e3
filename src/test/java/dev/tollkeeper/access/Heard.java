package dev.tollkeeper.access;

import java.time.Duration;

import org.awaitility.Awaitility;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** For tests that change the database past the service: waits until the service has heard of it. */
public final class Heard {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Heard() {
    }

    /** Waits; does nothing where no service runs in this JVM, or its channel is cut. */
    public static void everything() {
        ArcContainer service = Arc.container();
        if (service != null && service.isRunning()) {
            service.instance(ChangeChannel.class).get().mark().onFailure().recoverWithNull().await().atMost(PATIENCE);
        }
    }

    /** For tests that cut the channel: waits until the service hears again, and knows what it missed. */
    public static void again() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(
                () -> Arc.container().instance(ChangeChannel.class).get().mark().await().atMost(PATIENCE));
    }
}
