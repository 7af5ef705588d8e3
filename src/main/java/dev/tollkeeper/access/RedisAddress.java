package dev.tollkeeper.access;

import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;

/** How to connect to a Redis. */
final class RedisAddress {
    /** Shorter than an attempt to connect may take as a whole. */
    private static final int CONNECT_MILLIS = 1_500;
    /** Answers that are outstanding. With more than these Redis is not keeping up. */
    private static final int MOST_WAITING = 10_000;
    private static final String NAME = "tollkeeper";
    private static final String TLS_CONFIGURATION = "redis";

    private RedisAddress() {
    }

    /**
     * Options for one connection.
     *
     * @param url {@code redis://} or, with TLS, {@code rediss://}
     * @param tls where {@code quarkus.tls.redis.…} tells what authorities to trust and which certificate to show
     */
    static RedisOptions options(String url, TlsConfigurationRegistry tls) {
        NetClientOptions net = new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true);
        net.setMetricsName("redis|" + NAME);
        if (url.startsWith("rediss:")) {
            // Vert.x verifies no name unless told to.
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            tls.get(TLS_CONFIGURATION).ifPresent(configured -> TlsConfigUtils.configure(net, configured));
        }
        return new RedisOptions().setConnectionString(url).setNetClientOptions(net).setMaxWaitingHandlers(MOST_WAITING)
                .setMaxPoolSize(1).setPoolName(NAME);
    }
}
