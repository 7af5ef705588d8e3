package dev.tollkeeper.console;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Serves the console's one page at each of its paths, and the files that the page loads. */
@Singleton
class PageRoute {
    /** After the filters, which stand below 0, and before JAX-RS, which would answer for every path. */
    private static final int BEFORE_JAX_RS = 100;
    private static final String INDEX = "/index.html";
    private static final String AS_LONG_AS_LIKED = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";
    private static final int NOT_MODIFIED = 304;

    private final WebFiles files;

    PageRoute(WebFiles files) {
        this.files = files;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_JAX_RS).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
    }

    private void serve(RoutingContext request) {
        // Quarkus would serve a file however its path is written, but without what a browser is to be told.
        String path = request.normalizedPath();
        boolean file = path.equals("/") || path.equals(INDEX);
        if (file || PagePath.isPage(request.request().path()) && takesPages(request.request())) {
            page(request);
            return;
        }
        Optional<WebFile> bundled = files.bundled(path);
        if (bundled.isEmpty()) {
            request.next();
            return;
        }
        PageHeaders.ofFile(request.response().headers());
        send(request, bundled.get(), AS_LONG_AS_LIKED);
    }

    /** A program that has taken the wrong base URL is to be told so, not shown a page. */
    private static boolean takesPages(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted == null || accepted.contains("text/html") || accepted.contains("*/*");
    }

    private void page(RoutingContext request) {
        PageHeaders.ofPage(request.response().headers());
        Optional<WebFile> index = files.index();
        if (index.isPresent()) {
            send(request, index.get(), ASK_EACH_TIME);
        } else if (request.normalizedPath().equals(INDEX)) {
            request.next();
        } else {
            request.reroute(INDEX);
        }
    }

    private static void send(RoutingContext request, WebFile file, String cacheControl) {
        HttpServerRequest asked = request.request();
        // A body is not looked at, but has to pass before the connection is of use again.
        asked.resume();
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CACHE_CONTROL, cacheControl).putHeader(HttpHeaders.ETAG, file.tag())
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
        String held = asked.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (held != null && held.contains(file.tag())) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        String encodings = asked.getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean compressed = encodings != null && encodings.contains("gzip");
        if (compressed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        var body = compressed ? file.compressed() : file.plain();
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (HttpMethod.HEAD.equals(asked.method())) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
