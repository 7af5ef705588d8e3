package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

class ClientTlsTest {
    private final ClientTls tls = new ClientTls(
            new ClientAddress(TrustedProxies.parse(List.of("10.0.0.0/8")), ForwardedHeader.X_FORWARDED_FOR));

    /** Seen to fail with the peer not looked at: line 4. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "false, 10.0.0.1,    -,             false",
            "false, 10.0.0.1,    https,         true",
            "false, 10.0.0.1,    http,          false",
            "false, 192.0.2.1,   https,         false",
            "false, 10.0.0.1,    'HTTPS, http', true",
            "false, 10.0.0.1,    'http, https', false",
            "true,  192.0.2.1,   -,             true",
            "true,  192.0.2.1,   http,          true",
            "false, -,           https,         false"})
    void aRequestCameOverTlsWhereItDidOrATrustedProxySaysSo(boolean own, String peer, String told, boolean expected) {
        // When
        boolean found = tls.of(request(own, peer, told));
        // Then
        assertThat(found).isEqualTo(expected);
    }

    private static HttpServerRequest request(boolean own, String peer, String told) {
        HttpConnection connection = stub(HttpConnection.class, method -> switch (method) {
            case "isSsl" -> own;
            case "remoteAddress" -> peer == null ? null : SocketAddress.inetSocketAddress(1, peer);
            default -> throw new UnsupportedOperationException(method);
        });
        return stub(HttpServerRequest.class, method -> switch (method) {
            case "connection" -> connection;
            case "getHeader" -> told;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static <T> T stub(Class<T> type, java.util.function.Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }
}
