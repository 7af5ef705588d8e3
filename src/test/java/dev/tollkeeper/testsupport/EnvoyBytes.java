package dev.tollkeeper.testsupport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;

/** What Envoy sends over a new connection, byte for byte: for clients that break it off where they like (RFC 9113). */
public final class EnvoyBytes {
    private static final int CONNECTION = 0;
    private static final int STREAM = 1;

    private EnvoyBytes() {
    }

    /** A whole question about a request with this credential. */
    public static byte[] question(String credential) {
        byte[] message = Envoy.as(credential).question().toByteArray();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBufUtil.getBytes(Http2CodecUtil.connectionPrefaceBuf()));
        bytes.writeBytes(frame(Http2FrameTypes.SETTINGS, new Http2Flags(), CONNECTION, new byte[0]));
        bytes.writeBytes(frame(Http2FrameTypes.HEADERS, new Http2Flags().endOfHeaders(true), STREAM, headers()));
        bytes.writeBytes(frame(Http2FrameTypes.DATA, new Http2Flags().endOfStream(true), STREAM,
                ByteBuffer.allocate(5 + message.length).put((byte) 0).putInt(message.length).put(message).array()));
        return bytes.toByteArray();
    }

    /** That no answer is wanted any more. */
    public static byte[] cancellation() {
        return frame(Http2FrameTypes.RST_STREAM, new Http2Flags(), STREAM,
                ByteBuffer.allocate(Integer.BYTES).putInt((int) Http2Error.CANCEL.code()).array());
    }

    private static byte[] headers() {
        var headers = new DefaultHttp2Headers().method("POST").scheme("http").authority("localhost")
                .path("/envoy.service.auth.v3.Authorization/Check").add("content-type", "application/grpc")
                .add("te", "trailers");
        var encoded = Unpooled.buffer();
        try (var encoder = new DefaultHttp2HeadersEncoder()) {
            encoder.encodeHeaders(STREAM, headers, encoded);
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return ByteBufUtil.getBytes(encoded);
    }

    private static byte[] frame(byte type, Http2Flags flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) 0).putShort((short) payload.length).put(type)
                .put((byte) flags.value()).putInt(stream).put(payload).array();
    }
}
