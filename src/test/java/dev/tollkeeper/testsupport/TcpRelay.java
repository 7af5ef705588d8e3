package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A wire, such as that between the service and its database, which a test can cut, freeze, slow down and mend. */
public final class TcpRelay {
    private static final int BUFFER = 8192;
    /** How the connection calls itself on which a service hears of changes. */
    private static final String CHANNEL = "tollkeeper-channel";

    /** What is kept back. */
    private enum Frozen {
        NOTHING,
        EVERYTHING,
        CHANNEL,
        ANSWERS
    }

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger channels = new AtomicInteger();
    private final ConcurrentMap<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private volatile ServerSocket server;
    private volatile Thread accepting;
    private Frozen frozen = Frozen.NOTHING;
    private volatile long delayNanos;

    /** Both ends of one connection. */
    private static final class Wire {
        private final Socket client;
        private final Socket served;
        private volatile boolean channel;

        Wire(Socket client, Socket served) {
            this.client = client;
            this.served = served;
        }
    }

    /** A relay to a port on this machine. */
    public TcpRelay(int target) {
        this.target = target;
        this.port = listen(0);
    }

    /** Where the service connects to. */
    public int port() {
        return port;
    }

    /** How many connections were made so far. */
    public int connections() {
        return connections.get();
    }

    /** How many of them were to listen for changes. */
    public int channels() {
        return channels.get();
    }

    /** Ends every connection and takes no new one. */
    public void cut() {
        close(server);
        open.forEach(TcpRelay::close);
        open.clear();
        awaitEnd(accepting);
    }

    /** The port is free again only when nobody waits on it any more. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes connections again, and passes on what was kept back. */
    public void mend() {
        thaw();
        listen(port);
    }

    /** Keeps every connection open and passes nothing on, as a network does that loses each packet. */
    public void freeze() {
        freeze(Frozen.EVERYTHING);
    }

    /** Passes nothing on over the connection that listens for changes; every other one goes on. */
    public void freezeChannel() {
        freeze(Frozen.CHANNEL);
    }

    /** Keeps back what the database answers; questions still reach it, and changes are still heard of. */
    public void freezeAnswers() {
        freeze(Frozen.ANSWERS);
    }

    private void freeze(Frozen what) {
        synchronized (open) {
            frozen = what;
        }
    }

    /** Passes on each piece only so long after it has come, in both directions; zero ends that. */
    public void delay(Duration each) {
        delayNanos = each.toNanos();
    }

    /** Passes on what was kept back, and everything from now on. */
    public void thaw() {
        synchronized (open) {
            frozen = Frozen.NOTHING;
            open.notifyAll();
        }
    }

    /** Completes when the database has said this to the service, and the relay has passed it on. */
    public CompletableFuture<Void> passed(String text) {
        return awaited.computeIfAbsent(text, awaiting -> new CompletableFuture<>());
    }

    private int listen(int at) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            server = listening;
            accepting = start(() -> accept(listening));
            return listening.getLocalPort();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                connections.incrementAndGet();
                begin(client);
            }
        } catch (IOException closed) {
            close(listening);
        }
    }

    /** A database that is gone refuses its end of the wire; the relay goes on. */
    private void begin(Socket client) {
        try {
            Wire wire = new Wire(client, new Socket(InetAddress.getLoopbackAddress(), target));
            open.add(client);
            open.add(wire.served);
            start(() -> copy(wire, false));
            start(() -> copy(wire, true));
        } catch (IOException refused) {
            close(client);
        }
    }

    private void copy(Wire wire, boolean answers) {
        Socket from = answers ? wire.served : wire.client;
        Socket to = answers ? wire.client : wire.served;
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (!answers && !wire.channel && text.contains(CHANNEL)) {
                    wire.channel = true;
                    channels.incrementAndGet();
                }
                LockSupport.parkNanos(delayNanos);
                awaitThaw(wire, answers);
                out.write(buffer, 0, read);
                out.flush();
                awaited.forEach((awaiting, passed) -> {
                    if (answers && text.contains(awaiting)) {
                        passed.complete(null);
                    }
                });
            }
        } catch (IOException closed) {
            close(from);
            close(to);
        }
    }

    private void awaitThaw(Wire wire, boolean answers) throws IOException {
        synchronized (open) {
            while (isFrozen(wire, answers)) {
                try {
                    open.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException(interrupted);
                }
            }
        }
    }

    private boolean isFrozen(Wire wire, boolean answers) {
        return switch (frozen) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case CHANNEL -> wire.channel;
            case ANSWERS -> answers && !wire.channel;
        };
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void close(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            throw new IllegalStateException(alreadyGone);
        }
    }
}
