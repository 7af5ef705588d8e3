package dev.tollkeeper.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;

/**
 * Finds the address that a message is sent to. Every address of a name has to be public, unless the operator allows others: a
 * name with one that is not could lead there the next time. The address found here is the one to connect to: a name that is
 * looked up again may be another's by then.
 */
@Singleton
class Destinations {
    private static final int THREADS = 8;
    /** While names are not answered for, no more than so many wait. */
    private static final int MOST_WAITING = 200;

    private final WorkerExecutor threads;
    private final Lookup names;
    private final boolean anyAddress;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Looks a name up; blocks meanwhile. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    /** Why nothing is sent. The message is for the team. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private RefusedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    @Inject
    Destinations(Vertx vertx, WebhookSettings settings) {
        this(vertx, InetAddress::getAllByName, settings.allowPrivateAddresses());
    }

    Destinations(Vertx vertx, Lookup names, boolean anyAddress) {
        this.threads = vertx.createSharedWorkerExecutor("webhook-names", THREADS);
        this.names = names;
        this.anyAddress = anyAddress;
    }

    /**
     * The address of a host, which is a name or an address itself.
     *
     * @return fails with {@link RefusedException} where one of its addresses is not public
     */
    Future<InetAddress> find(String host) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(new RefusedException("Too many names are being looked up."));
        }
        return threads.executeBlocking(() -> names.find(host), false)
                .onComplete(found -> waiting.decrementAndGet())
                .map(this::checked);
    }

    private InetAddress checked(InetAddress[] found) {
        if (!anyAddress && !Stream.of(found).allMatch(PublicAddresses::contain)) {
            throw new RefusedException("The URL leads to an address that is not public. Ask the operator whether it may.");
        }
        return found[0];
    }
}
