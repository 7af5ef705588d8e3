package dev.tollkeeper.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

/**
 * The files that the build has bundled (Quarkus Web Bundler). They are read from the class path and compressed once, when
 * they are first asked for: Quarkus' own compression is for all answers or none, and the API's are better left alone.
 */
@Singleton
class WebFiles {
    private static final String ROOT = "META-INF/resources";
    private static final String BUNDLE = "/static/bundle/";
    private static final String INDEX = "/index.html";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}\\.(?<kind>js|css|svg)");
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8", "css",
            "text/css; charset=utf-8", "svg", "image/svg+xml");

    /** As many as there are files: what is not there is not remembered. */
    private final Map<String, WebFile> known = new ConcurrentHashMap<>();

    /** The one page, which loads all the rest; empty in development mode, where Quarkus serves it. */
    Optional<WebFile> index() {
        return find(INDEX, "text/html; charset=utf-8");
    }

    /** The bundled file at this path, whose name changes with its content. */
    Optional<WebFile> bundled(String path) {
        if (!path.startsWith(BUNDLE)) {
            return Optional.empty();
        }
        var name = NAME.matcher(path.substring(BUNDLE.length()));
        return name.matches() ? find(path, TYPES.get(name.group("kind"))) : Optional.empty();
    }

    private Optional<WebFile> find(String path, String type) {
        return Optional.ofNullable(known.computeIfAbsent(path, wanted -> read(wanted, type)));
    }

    private static WebFile read(String path, String type) {
        try (InputStream content = Thread.currentThread().getContextClassLoader().getResourceAsStream(ROOT + path)) {
            return content == null ? null : WebFile.of(type, content.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
