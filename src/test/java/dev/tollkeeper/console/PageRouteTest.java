package dev.tollkeeper.console;

import static dev.tollkeeper.testsupport.Api.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PageRouteTest {
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"(/static/bundle/[^\"]+)\"");
    /** As a browser asks for a page. */
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final RestAssuredConfig AS_IT_COMES = RestAssuredConfig.config()
            .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/keys", "/keys/01920000-0000-7000-8000-000000000000", "/sign-in?then=/keys"})
    void eachPathOfThePagesGivesTheOnePage(String path) {
        // When
        var response = given().accept(HTML).get(path).then();
        // Then
        response.statusCode(200).contentType("text/html").body(containsString("<tk-app>"))
                .header("Cache-Control", "no-cache");
    }

    @Test
    void aPageThatABrowserHoldsIsNotSentAgain() {
        // Given
        String tag = given().get("/keys").header("ETag");
        // When
        var response = given().header("If-None-Match", tag).get("/sign-in").then();
        // Then
        response.statusCode(304).body(equalTo("")).header("ETag", tag);
    }

    @Test
    void theFilesThatThePageLoadsMayBeKeptForGood() {
        // When
        List<String> linked = LINKED.matcher(given().get("/").asString()).results().map(MatchResult::toString).toList();
        // Then
        assertThat(linked).hasSizeGreaterThanOrEqualTo(2);
        LINKED.matcher(String.join(" ", linked)).results().map(link -> link.group(1)).forEach(path -> given().get(path).then()
                .statusCode(200).header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff").header("Cross-Origin-Resource-Policy", "same-origin"));
    }

    @Test
    void theFilesThatThePageLoadsAreCompressedOnTheWire() {
        LINKED.matcher(given().get("/").asString()).results().map(link -> link.group(1)).forEach(path -> {
            // When
            var compressed = given().config(AS_IT_COMES).header("Accept-Encoding", "br, gzip").get(path).then();
            // Then
            int whole = given().header("Accept-Encoding", "identity").get(path).asByteArray().length;
            compressed.header("Content-Encoding", "gzip").header("Vary", "Accept, Accept-Encoding");
            assertThat(compressed.extract().asByteArray().length).isLessThan(whole / 2);
        });
    }

    @Test
    void aHeadOfAPageHasItsHeadersAlone() {
        // When
        var response = given().accept(HTML).head("/keys").then();
        // Then
        response.statusCode(200).contentType("text/html").body(equalTo(""));
    }

    @Test
    void whatIsNotBundledIsNotServed() {
        for (String path : List.of("/static/bundle/none-ABCDEFGH.js", "/static/bundle/../../application.properties",
                "/static/bundle/%2e%2e/%2e%2e/application.properties", "/static/", "/web/index.html",
                "/application.properties")) {
            // When
            var response = given().urlEncodingEnabled(false).get(path).then();
            // Then
            response.statusCode(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api", "/q/nothing", "/.well-known/nothing", "/favicon.ico", "/keys/"})
    void whatIsNoPageIsAProblemAsBefore(String path) {
        // When
        var response = given().accept(HTML).get(path).then();
        // Then
        response.statusCode(404).header("Content-Security-Policy", nullValue());
        assertThat(response.extract().asString()).doesNotContain("<tk-app>");
    }

    @Test
    void aProgramWithTheWrongBaseUrlIsToldSo() {
        // When
        var response = given().accept("application/json").get("/manage/api-keys").then();
        // Then
        problem(response, 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void aPageIsReadOnly(String method) {
        // When
        var response = given().accept(HTML).request(method, "/keys").then();
        // Then
        response.statusCode(404);
    }

    @Test
    void aPageMayLoadNothingFromElsewhereNorBeInAFrame() {
        // When
        var response = given().accept(HTML).get("/keys").then();
        // Then
        response.header("Content-Security-Policy", equalTo("default-src 'none'; script-src 'self'; style-src 'self'; "
                + "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html default"))
                .header("X-Content-Type-Options", "nosniff").header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer").header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", containsString("camera=()"));
    }

    /** Another site could show the page in a frame. Seen to fail: Quarkus serves the file however its path is written. */
    @ParameterizedTest
    @ValueSource(strings = {"/static/bundle/%2e%2e/%2e%2e/index.html", "/static/../index.html", "/./index.html", "//index.html",
            "/index.html/", "/%69ndex.html", "/index.html;x", "/index.html%3Bx", "/static/%2e%2e%2findex.html",
            "/static//..//index.html",
            "//", "///", "/.", "/..", "/static/.."})
    void noWayOfWritingThePathOfThePageTakesItsHeadersAway(String path) {
        // When
        var response = given().accept(HTML).urlEncodingEnabled(false).get(path).then();
        // Then
        if (response.extract().asString().contains("<tk-app>")) {
            response.header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        } else {
            response.statusCode(oneOf(400, 404));
        }
    }

    /** The API's answers have neither: they are as they were before there was a console. */
    @Test
    void theApiIsNeitherCompressedNorGivenThePagesHeaders() {
        // When
        var response = given().header("Accept-Encoding", "gzip, br").get("/api/auth/whoami").then();
        // Then
        problem(response, 401, "credentials_missing").header("Content-Encoding", nullValue())
                .header("Content-Security-Policy", nullValue());
    }

    @Test
    void pagesHaveOneNameAmongTheMetrics() {
        // Given
        given().accept(HTML).get("/keys/01920000-0000-7000-8000-00000000abcd").then().statusCode(200);
        // When
        String metrics = given().get("/q/metrics").asString();
        // Then
        assertThat(metrics).contains("uri=\"/console\"").doesNotContain("00000000abcd");
    }
}
