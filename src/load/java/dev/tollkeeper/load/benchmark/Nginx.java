package dev.tollkeeper.load.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.tollkeeper.testsupport.PackagedService;

/** nginx that asks a server about each request by {@code auth_request}, and answers an empty 200 itself. */
final class Nginx {
    private static final String CONFIGURATION = """
            daemon off;
            pid %1$s/nginx-%2$d.pid;
            worker_processes auto;
            error_log %1$s/nginx-%2$d.log warn;
            events { worker_connections 1024; }
            http {
                access_log off;
                keepalive_requests 1000000;
                upstream judge { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000; }
                server {
                    listen 127.0.0.1:%2$d;
                    location / { auth_request /_judge; empty_gif; }
                    location = /_judge {
                        internal;
                        proxy_pass http://judge/api/auth/forward;
                        proxy_method HEAD;
                        proxy_http_version 1.1;
                        proxy_pass_request_body off;
                        proxy_pass_request_headers off;
                        proxy_set_header Connection "";
                        proxy_set_header Content-Length "";
                        proxy_set_header Authorization $http_authorization;
                        proxy_set_header X-Forwarded-For $remote_addr;
                    }
                }
            }
            """;

    private Nginx() {
    }

    /** Starts one in front of a server on this port. */
    static Server before(int port, Path directory) throws IOException {
        int own = PackagedService.freePort();
        Path file = directory.resolve("nginx-" + own + ".conf");
        Files.writeString(file, CONFIGURATION.formatted(directory, own, port));
        return Server.start(directory.resolve("nginx-" + own + ".out"), own, List.of("nginx", "-c", file.toString(), "-p",
                directory.toString()));
    }
}
