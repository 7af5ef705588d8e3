package dev.tollkeeper.testsupport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.restassured.RestAssured;

/** A request that came to Envoy, and what Envoy asks about it: over gRPC, from an address of this machine. */
public final class Envoy {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

    private final List<HeaderValue> headers = new ArrayList<>();
    private Address source = address(LOOPBACK);
    private boolean raw;

    private Envoy() {
    }

    /** A request with nothing in it, from this machine. */
    public static Envoy request() {
        return new Envoy();
    }

    /** A request with this API key or user token. */
    public static Envoy as(String credential) {
        return request().header("authorization", "Bearer " + credential);
    }

    /** One more header line. */
    public Envoy header(String name, String value) {
        headers.add(HeaderValue.newBuilder().setKey(name.toLowerCase(Locale.ROOT)).setValue(value).build());
        return this;
    }

    /** Who Envoy's peer was. */
    public Envoy from(String address) {
        return from(address(address));
    }

    /** Who Envoy's peer was. */
    public Envoy from(Address address) {
        source = address;
        return this;
    }

    /** Sends the headers line by line, as Envoy does with {@code encode_raw_headers}, where it otherwise joins them. */
    public Envoy rawHeaders() {
        raw = true;
        return this;
    }

    /** What Envoy asks. */
    public CheckRequest question() {
        var http = AttributeContext.HttpRequest.newBuilder().setMethod("GET").setPath("/v1/models").setProtocol("HTTP/1.1");
        if (raw) {
            var lines = HeaderMap.newBuilder();
            headers.forEach(header -> lines.addHeaders(HeaderValue.newBuilder().setKey(header.getKey())
                    .setRawValue(header.getValueBytes())));
            http.setHeaderMap(lines);
        } else {
            headers.forEach(header -> http.putHeaders(header.getKey(), http.containsHeaders(header.getKey())
                    ? http.getHeadersOrThrow(header.getKey()) + ',' + header.getValue()
                    : header.getValue()));
        }
        return CheckRequest.newBuilder().setAttributes(AttributeContext.newBuilder()
                .setSource(AttributeContext.Peer.newBuilder().setAddress(source))
                .setRequest(AttributeContext.Request.newBuilder().setHttp(http))).build();
    }

    /** Asks the tested service. */
    public EnvoyVerdict ask() {
        return askFrom(LOOPBACK);
    }

    /** Asks the tested service from another address of this machine. */
    public EnvoyVerdict askFrom(String local) {
        return ask(question(), channel(local, RestAssured.port));
    }

    /** Asks a service on this port. */
    public EnvoyVerdict ask(int port) {
        return ask(question(), channel(LOOPBACK, port));
    }

    /** Asks the tested service with one more line of gRPC's own metadata, such as a {@code traceparent}. */
    public EnvoyVerdict ask(String name, String value) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        return new EnvoyVerdict(AuthorizationGrpc.newBlockingStub(channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)).check(question()));
    }

    /** Asks a service on this port under load: waits for so long, and notes no secret. */
    public EnvoyVerdict ask(int port, Duration limit) {
        return ask(question(), channel(LOOPBACK, port), limit);
    }

    private static EnvoyVerdict ask(CheckRequest question, ManagedChannel channel) {
        SecretRecorder.note(question.toString());
        EnvoyVerdict verdict = ask(question, channel, PATIENCE);
        SecretRecorder.note(verdict.response().toString());
        return verdict;
    }

    private static EnvoyVerdict ask(CheckRequest question, ManagedChannel channel, Duration limit) {
        return new EnvoyVerdict(AuthorizationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS).check(question));
    }

    /** A connection to the tested service. */
    public static ManagedChannel channel() {
        return channel(LOOPBACK, RestAssured.port);
    }

    /** Ends every connection. */
    static void disconnect() {
        CHANNELS.values().forEach(ManagedChannel::shutdownNow);
        CHANNELS.clear();
    }

    private static ManagedChannel channel(String local, int port) {
        return CHANNELS.computeIfAbsent(local + ' ' + port, key -> NettyChannelBuilder.forAddress(LOOPBACK, port).usePlaintext()
                .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                    @Override
                    public InetSocketAddress createSocketAddress(java.net.SocketAddress remote, io.grpc.Attributes attributes) {
                        return new InetSocketAddress(local, 0);
                    }
                }).build());
    }

    private static Address address(String address) {
        return Address.newBuilder().setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(50_000))
                .build();
    }
}
