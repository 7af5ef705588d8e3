package dev.tollkeeper.console;

import java.util.Map;

import io.vertx.core.MultiMap;

/** What a browser is told about pages and their files, whatever may get into them. */
final class PageHeaders {
    /**
     * Scripts and styles are files of ours, and what a script writes into a page goes through Lit's templates ("trusted
     * types"); the default policy only lets the plotting library empty its element. Images may be inline, for icons.
     */
    private static final String POLICY = String.join("; ", "default-src 'none'", "script-src 'self'", "style-src 'self'",
            "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
            "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types lit-html default");
    private static final Map<String, String> FILE = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin");
    private static final Map<String, String> PAGE = Map.of(
            "Content-Security-Policy", POLICY,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
                    + "payment=(), usb=(), clipboard-read=()",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY");

    private PageHeaders() {
    }

    /** For a script, a style or an image. */
    static void ofFile(MultiMap headers) {
        FILE.forEach((name, value) -> headers.set(name, value));
    }

    /** For a page. */
    static void ofPage(MultiMap headers) {
        ofFile(headers);
        PAGE.forEach((name, value) -> headers.set(name, value));
    }
}
