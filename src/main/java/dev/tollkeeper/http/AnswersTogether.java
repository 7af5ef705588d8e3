package dev.tollkeeper.http;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Sends what a connection has to say once its event loop has worked off all that had come on all its connections, together
 * with what the others say then. Sent one by one, each answer wakes whoever waits for it, who takes the processor, finds
 * nothing else to do and sleeps again: under load nearly a switch of processes for each answer (docs/performance.md).
 * A request that comes alone is answered as soon as before.
 * <p>
 * As Netty's {@link io.netty.handler.flush.FlushConsolidationHandler}, which does so for one connection alone.
 */
public final class AnswersTogether extends ChannelDuplexHandler {
    private static final String NAME = "answers-together";
    /** The first of more answers than these would wait long for the last. */
    private static final int MOST = 32;
    private static final FastThreadLocal<Waiting> WAITING = new FastThreadLocal<>() {
        @Override
        protected Waiting initialValue() {
            return new Waiting();
        }
    };

    private ChannelHandlerContext unsent;

    private AnswersTogether() {
    }

    /** Does so on a connection from now on; to be called on its event loop. */
    public static void on(HttpConnection connection) {
        on(((ConnectionBase) connection).channel());
    }

    static void on(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        // Whether it is the first is told at once, by its name only after a look at each handler.
        if (!(pipeline.first() instanceof AnswersTogether) && pipeline.get(NAME) == null
                && channel.eventLoop() instanceof SingleThreadEventLoop) {
            pipeline.addFirst(NAME, new AnswersTogether());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (unsent == null) {
            unsent = context;
            WAITING.get().add(this);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        send();
        super.close(context, promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        send();
        super.disconnect(context, promise);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (!context.channel().isWritable()) {
            send();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        send();
    }

    private void send() {
        if (unsent != null) {
            ChannelHandlerContext context = unsent;
            unsent = null;
            context.flush();
        }
    }

    /** The connections of one event loop that have something to send. */
    private static final class Waiting implements Runnable {
        private final Queue<AnswersTogether> connections = new ArrayDeque<>();

        void add(AnswersTogether connection) {
            if (connections.isEmpty()) {
                ((SingleThreadEventLoop) connection.unsent.channel().eventLoop()).executeAfterEventLoopIteration(this);
            }
            connections.add(connection);
            if (connections.size() >= MOST) {
                run();
            }
        }

        @Override
        public void run() {
            for (AnswersTogether next = connections.poll(); next != null; next = connections.poll()) {
                next.send();
            }
        }
    }
}
