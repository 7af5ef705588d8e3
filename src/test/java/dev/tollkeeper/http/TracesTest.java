package dev.tollkeeper.http;

import static dev.tollkeeper.testsupport.Api.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.SpanRecorder;
import dev.tollkeeper.testsupport.TestTeam;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A request goes on in its caller's trace (W3C Trace Context), down to what the database is asked. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TracesTest {
    private static final String PARENT = "00f067aa0ba902b7";
    private static final AttributeKey<String> STATEMENT = AttributeKey.stringKey("db.statement");

    private final TestTeam team = TestTeam.create();
    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Test
    void aRequestAndItsStatementsAreInTheCallersTrace() {
        // Given
        SpanRecorder.watch(trace);
        // When
        as(team.managementKey()).header("traceparent", parent()).get("/api/manage/api-keys").then().statusCode(200);
        // Then
        SpanData server = server();
        assertThat(server.getName()).isEqualTo("GET /api/manage/api-keys");
        assertThat(statements(server)).anyMatch(sql -> sql.contains("FROM api_key"));
    }

    /** Of a key that the replica does not know yet, so that the database is asked. */
    @Test
    void soIsEnvoysQuestion() {
        // Given
        SpanRecorder.watch(trace);
        // When
        assertThat(Envoy.as(team.ordinaryKey().secret()).ask("traceparent", parent()).isAllowed()).isTrue();
        // Then
        assertThat(statements(server())).anyMatch(sql -> sql.contains("FROM api_key_secret"));
    }

    private String parent() {
        return "00-" + trace + '-' + PARENT + "-01";
    }

    private SpanData server() {
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .until(() -> SpanRecorder.of(trace).stream().anyMatch(span -> span.getKind() == SpanKind.SERVER));
        SpanData server = SpanRecorder.of(trace).stream().filter(span -> span.getKind() == SpanKind.SERVER).findFirst()
                .orElseThrow();
        assertThat(server.getParentSpanId()).isEqualTo(PARENT);
        return server;
    }

    private List<String> statements(SpanData server) {
        return SpanRecorder.of(trace).stream().filter(span -> span.getParentSpanId().equals(server.getSpanId()))
                .map(span -> String.valueOf(span.getAttributes().get(STATEMENT))).toList();
    }
}
