package dev.tollkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/keys", "/sign-in", "/keys/01920000-0000-7000-8000-000000000000", "/keys/a/history"})
    void wordsAndIdsBetweenSlashesAreAPage(String path) {
        assertThat(PagePath.isPage(path)).isTrue();
    }

    /** Seen to fail with the first part not looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/manage/api-keys", "/q", "/q/health", "/static/bundle/x", "/console/session",
            "/.well-known/jwks.json", "/envoy.service.auth.v3.Authorization/Check", "/favicon.ico"})
    void whatBelongsToOthersIsNoPage(String path) {
        assertThat(PagePath.isPage(path)).isFalse();
    }

    /** Seen to fail with every other path taken. */
    @ParameterizedTest
    @ValueSource(strings = {"//keys", "/keys/", "/keys//x", "/KEYS", "/API/auth/whoami", "/keys;x=1", "/keys%2Fx", "/%6beys",
            "/./keys", "/keys/../api/auth/whoami", "/keys/x.json", "/keys\u0000", "", "keys"})
    void whatIsWrittenOtherwiseIsNoPage(String path) {
        assertThat(PagePath.isPage(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 100_000})
    void whatIsLongerThanAnyPageIsNone(int length) {
        assertThat(PagePath.isPage("/keys/" + "x".repeat(length))).isFalse();
    }
}
