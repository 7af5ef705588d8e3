package dev.tollkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/** Looks at a page in both themes, wide and narrow: takes pictures, and lets axe-core judge whether everybody can use it. */
final class Looks {
    private static final Path PICTURES = Path.of("target", "console-screenshots");
    private static final String AXE = resource("axe.min.js");
    private static final String JUDGE = """
            async () => (await axe.run({resultTypes: ['violations']})).violations.flatMap(found => found.nodes.map(node =>
                `${found.id}: ${node.target.join(' ')}: ${node.failureSummary}`))""";

    private Looks() {
    }

    /** Leaves the page wide and light. */
    @SuppressWarnings("unchecked")
    static void good(Page page, String name) {
        List<String> faults = new ArrayList<>();
        for (ColorScheme theme : new ColorScheme[]{ColorScheme.DARK, ColorScheme.LIGHT}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            for (int width : new int[]{360, 1280}) {
                page.setViewportSize(width, 800);
                String look = name + '-' + theme.name().toLowerCase(Locale.ROOT) + '-' + width;
                page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(look + ".png")));
                page.evaluate(AXE);
                ((List<String>) page.evaluate(JUDGE)).forEach(fault -> faults.add(look + ": " + fault));
                if ((Boolean) page.evaluate("() => document.documentElement.scrollWidth > innerWidth")) {
                    faults.add(look + ": wider than the window");
                }
            }
        }
        writeIndex();
        assertThat(faults).isEmpty();
    }

    /** All pictures on one page, wide and narrow, light and dark beside each other. */
    private static void writeIndex() {
        try (Stream<Path> files = Files.list(PICTURES)) {
            String shown = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".png")).sorted()
                    .map("<figure><img loading=lazy src=\"%1$s\" alt=\"%1$s\"><figcaption>%1$s</figcaption></figure>"::formatted)
                    .collect(Collectors.joining("\n"));
            Files.writeString(PICTURES.resolve("index.html"),
                    """
                            <!doctype html><meta charset=utf-8><title>Tollkeeper's console</title>
                            <style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}img{height:360px;border:1px solid #ccc}figure{margin:0}</style>
                            """
                            + shown);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String resource(String name) {
        try (InputStream content = Looks.class.getClassLoader().getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
