package dev.tollkeeper.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.ExtractableResponse;

/** What every problem of the service has (contract §1). */
final class ProblemAssertions {
    private ProblemAssertions() {
    }

    static void check(ExtractableResponse<?> response, int status, String code) {
        assertThat(response.<String>path("code")).isEqualTo(code);
        assertThat(response.<Integer>path("status")).isEqualTo(status);
        assertThat(response.<String>path("error")).isNotBlank().isEqualTo(response.path("detail"));
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.<String>path("request_id")).isEqualTo(response.header("X-Request-Id"));
        if (status == 401) {
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer ");
        }
        if (status == 429 || status == 503) {
            assertThat(response.header("Retry-After")).matches("[1-9][0-9]*");
        }
        assertThat(response.asString())
                .doesNotContainPattern("(?i)exception|\\bat dev\\.|\\bselect\\b.*\\bfrom\\b|tkm?_[0-9A-Za-z]{43}");
    }
}
