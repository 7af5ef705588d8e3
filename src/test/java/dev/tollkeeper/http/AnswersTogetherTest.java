package dev.tollkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;

/** Answers wait for one another, but none is lost or left lying. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is missed by the client
class AnswersTogetherTest {
    private static final int SECOND = 1000;
    private static final byte[] QUESTION = {'?'};

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() throws Exception {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    @Test
    void whatComesAtOnceIsAnsweredAtOnce() throws Exception {
        // Given
        int port = serve(context -> context.writeAndFlush(text("!")));
        try (Socket first = connect(port); Socket second = connect(port); Socket third = connect(port)) {
            List<Socket> clients = List.of(first, second, third);
            for (Socket client : clients) {
                ask(client);
                assertThat(client.getInputStream().read()).isEqualTo('!');
            }
            happened.clear();

            // When
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch allAsked = new CountDownLatch(1);
            loop.execute(() -> {
                busy.countDown();
                awaitQuietly(allAsked);
            });
            busy.await();
            for (Socket client : clients) {
                ask(client);
            }
            allAsked.countDown();

            // Then
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo('!');
            }
            assertThat(happened).containsExactly("asked", "asked", "asked", "sent", "sent", "sent");
        }
    }

    @Test
    void aConnectionThatIsClosedLosesNothing() throws Exception {
        // Given
        int port = serve(context -> {
            context.writeAndFlush(text("all of it"));
            context.close();
        });
        try (Socket client = connect(port)) {
            // When
            ask(client);

            // Then
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("all of it");
        }
    }

    @Test
    void anAnswerLargerThanTheBufferDoesNotWaitForMoreRoom() throws Exception {
        // Given
        byte[] large = new byte[4 * 1024 * 1024];
        int port = serve(context -> {
            context.writeAndFlush(text("!"));
            context.write(Unpooled.wrappedBuffer(large)).addListener(ChannelFutureListener.CLOSE);
            happened.add("written");
            context.flush();
        });
        try (Socket client = connect(port)) {
            // When
            ask(client);

            // Then
            assertThat(client.getInputStream().readAllBytes()).hasSize(large.length + 1);
            await().untilAsserted(() -> assertThat(happened).startsWith("asked", "sent", "written"));
        }
    }

    @Test
    void itIsPutOnAConnectionOnce() throws Exception {
        // Given
        int port = serve(context -> {
            AnswersTogether.on(context.channel());
            context.writeAndFlush(text(context.pipeline().names().stream().filter("answers-together"::equals).count() + ""));
        });
        try (Socket client = connect(port)) {
            for (int i = 0; i < 3; i++) {
                // When
                ask(client);

                // Then
                assertThat(client.getInputStream().read()).isEqualTo('1');
            }
        }
    }

    private interface Answer {
        void give(ChannelHandlerContext context);
    }

    private int serve(Answer answer) throws Exception {
        Channel server = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                ReferenceCountUtil.release(message);
                                happened.add("asked");
                                answer.give(context);
                            }
                        });
                        AnswersTogether.on(connection);
                        connection.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void flush(ChannelHandlerContext context) {
                                happened.add("sent");
                                context.flush();
                            }
                        });
                    }
                }).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync().channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static Socket connect(int port) throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        client.setSoTimeout(10 * SECOND);
        return client;
    }

    private static void ask(Socket client) throws Exception {
        client.getOutputStream().write(QUESTION);
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
