package dev.tollkeeper.access.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

/** nginx with {@code docs/guides/nginx/tollkeeper.conf}. */
class NginxIT extends GatewayContract {
    private static final Path HEADERS_MORE = Path.of("/etc/nginx/modules-enabled/50-mod-http-headers-more-filter.conf");

    @Override
    void assumeInstalled() {
        Gateway.installed("nginx");
        Assumptions.assumeTrue(Files.exists(HEADERS_MORE), "libnginx-mod-http-headers-more-filter is not installed");
    }

    /** {@code auth_request} gives the status and the headers only. */
    @Override
    boolean passesBodiesOn() {
        return false;
    }

    /** Within what Debian's nginx.conf says around it. */
    @Override
    Gateway start(Gateway.Place place) throws IOException {
        Path guide = place.configure("nginx/tollkeeper.conf", Map.of("listen 8000;", "listen 127.0.0.1:" + place.port() + ";"));
        Path main = place.write("nginx.conf", """
                daemon off;
                user root;
                pid %1$s/nginx.pid;
                error_log stderr;
                include /etc/nginx/modules-enabled/*.conf;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    include %2$s;
                }
                """.formatted(place.directory(), guide));
        return Gateway.start(place, Map.of(), Gateway.installed("nginx"), "-e", "stderr", "-c", main.toString());
    }
}
