package dev.tollkeeper.soak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

import dev.tollkeeper.testsupport.Program;

/** The course of a soak as a page with graphs, which needs nothing else, and as a picture where there is a browser. */
final class SoakReport {
    private static final Path DIRECTORY = Path.of("target", "soak");
    private static final String ECHARTS = "META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 1080;

    private SoakReport() {
    }

    static void write(String title, List<Sample> samples) throws IOException {
        Files.createDirectories(DIRECTORY);
        Map<String, Map<String, double[]>> plots = new LinkedHashMap<>();
        plots.put("Memory, MiB", lines(samples, Map.of("heap in use, garbage included", Sample::heapMebibytes, "resident",
                Sample::residentMebibytes)));
        plots.put("Open files, threads and connections to the database", lines(samples,
                Map.of("open files", Sample::descriptors, "threads", Sample::threads, "database connections",
                        Sample::connections)));
        plots.put("Requests a second", lines(samples, Map.of("answered", Sample::perSecond)));
        plots.put("p99, ms", lines(samples, Map.of("p99", Sample::p99Millis)));
        String json = new ObjectMapper().writeValueAsString(Map.of("title", title, "minutes",
                samples.stream().mapToDouble(sample -> sample.seconds() / 60).toArray(), "plots", plots));
        Path page = DIRECTORY.resolve("soak.html");
        Files.writeString(page, template().replace("/*DATA*/", json).replace("/*ECHARTS*/", echarts()));
        Optional<Path> chromium = Program.installed("chromium", "chromium-browser", "google-chrome").findFirst();
        if (chromium.isPresent()) {
            picture(page, chromium.get());
        }
    }

    private static Map<String, double[]> lines(List<Sample> samples, Map<String, ToDoubleFunction<Sample>> lines) {
        Map<String, double[]> values = new LinkedHashMap<>();
        lines.keySet().stream().sorted()
                .forEach(name -> values.put(name, samples.stream().mapToDouble(lines.get(name)).toArray()));
        return values;
    }

    private static void picture(Path page, Path chromium) {
        try (Playwright playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright.chromium()
                        .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setChromiumSandbox(false));
                Page shown = browser.newPage()) {
            shown.setViewportSize(WIDTH, HEIGHT);
            shown.navigate(page.toUri().toString());
            shown.waitForFunction("window.drawn === true");
            shown.screenshot(new Page.ScreenshotOptions().setPath(DIRECTORY.resolve("soak.png")));
        }
    }

    private static String template() throws IOException {
        return resource("soak/report.html");
    }

    private static String echarts() throws IOException {
        return resource(ECHARTS);
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
