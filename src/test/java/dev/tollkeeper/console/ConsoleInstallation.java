package dev.tollkeeper.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.Postgres;
import dev.tollkeeper.testsupport.Program;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** The packaged service, on a database of its own, and the browser that all tests of the console in this JVM share. */
final class ConsoleInstallation {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static ConsoleInstallation shared;

    private final EmbeddedPostgres postgres;
    private final PackagedService service;
    private final Browser browser;
    private final String operatorToken;

    private ConsoleInstallation(EmbeddedPostgres postgres, PackagedService service, Browser browser) {
        this.postgres = postgres;
        this.service = service;
        this.browser = browser;
        this.operatorToken = token(TestSettings.OPERATOR_EMAIL, TestSettings.PASSWORD);
    }

    /** Begun with the first test. Without a browser the test is skipped, where it is not CI that runs it. */
    static synchronized ConsoleInstallation get() {
        if (shared == null) {
            Path executable = browser().orElse(null);
            if (executable == null) {
                skip();
            }
            shared = start(executable);
        }
        return shared;
    }

    private static void skip() {
        String missing = "NO TEST OF THE CONSOLE RUNS: none of " + BROWSERS + " is on the PATH. Install Debian's 'chromium'.";
        assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
        System.err.println(missing);
        Assumptions.abort(missing);
    }

    private static Optional<Path> browser() {
        return Program.installed(BROWSERS.toArray(String[]::new)).findFirst();
    }

    private static ConsoleInstallation start(Path executable) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            PackagedService service = PackagedService.launch(Files.createTempDirectory("console"),
                    Replicas.environment(postgres.getPort(), Map.of("TOLLKEEPER_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES", "true")));
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright.chromium()
                    .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setChromiumSandbox(false));
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            return new ConsoleInstallation(postgres, service.awaitReady(), browser);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Browser sharedBrowser() {
        return browser;
    }

    String url(String path) {
        return service.url(path);
    }

    /** Prepares what would take the API too long. */
    void execute(String sql) throws SQLException {
        Postgres.execute(postgres, sql);
    }

    /** A request with the operator's token. */
    RequestSpecification asOperator() {
        return as(operatorToken);
    }

    /** A request with a credential. */
    RequestSpecification as(String credential) {
        return given().header("Authorization", "Bearer " + credential).contentType(ContentType.JSON);
    }

    /** A user's token. */
    String token(String email, String password) {
        return given().contentType(ContentType.JSON).body(Map.of("email", email, "password", password))
                .post(url("/api/auth/token")).then().statusCode(200).extract().path("access_token");
    }
}
