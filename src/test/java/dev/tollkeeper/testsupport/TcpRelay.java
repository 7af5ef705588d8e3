package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire, such as that between the service and its database, which a test can cut and mend. */
public final class TcpRelay {
    private static final int BUFFER = 8192;

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile ServerSocket server;
    private volatile Thread accepting;
    private boolean frozen;

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
        synchronized (open) {
            frozen = false;
            open.notifyAll();
        }
        listen(port);
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
                Socket served = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(served);
                start(() -> copy(client, served));
                start(() -> copy(served, client));
            }
        } catch (IOException closed) {
            close(listening);
        }
    }

    /** Keeps every connection open and passes nothing on, as a network does that loses each packet. */
    public void freeze() {
        synchronized (open) {
            frozen = true;
        }
    }

    private void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitThaw();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException closed) {
            close(from);
            close(to);
        }
    }

    private void awaitThaw() throws IOException {
        synchronized (open) {
            while (frozen) {
                try {
                    open.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException(interrupted);
                }
            }
        }
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
