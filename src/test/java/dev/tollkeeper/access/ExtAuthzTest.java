package dev.tollkeeper.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.Api;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.Envoy;
import dev.tollkeeper.testsupport.EnvoyVerdict;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.testsupport.TestTeam.TestKey;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ExtAuthzTest {
    private static final String CLIENT = "203.0.113.7";
    private static final String CHECK = "envoy.service.auth.v3.Authorization/Check";
    private static final byte[] GARBAGE = {(byte) 0xff, (byte) 0xff, 1, 2, 3};

    private final TestTeam team = TestTeam.create();
    private final TestKey key = team.ordinaryKey();
    @TestHTTPResource("/")
    URI service;

    @AfterEach
    void putTheClockBack() {
        TestClock.reset();
    }

    @ParameterizedTest
    @CsvSource({"authorization, 'Bearer '", "authorization, 'bearer  '", "x-api-key, ''"})
    void aGoodKeyPassesWithItsIdentityAndWithoutItself(String header, String scheme) {
        // Given
        set("name = 'Käfer 100%', scopes = '{b,a}'");
        // When
        var verdict = Envoy.request().header(header, scheme + key.secret()).ask();
        // Then
        assertThat(verdict.upstreamHeaders(Map.of(header, scheme + key.secret(), "accept", "*/*")))
                .isEqualTo(with(identity("K%C3%A4fer%20100%25"), Map.of("x-tollkeeper-scopes", "a b", "accept", "*/*")));
        assertThat(verdict.addedToTheResponse()).isEmpty();
    }

    /**
     * Must show 6. Seen to fail with the names not removed, with underscores not seen, and with an
     * empty {@code X-Tollkeeper-Scopes} set.
     */
    @Test
    void whatAClientSaysInTollkeepersNameNeverArrives() {
        // Given
        Map<String, String> sent = Map.of("x-api-key", key.secret(), "x-tollkeeper-key-id", "forged", "x-tollkeeper-scopes",
                "admin", "x-tollkeeper-evil", "forged", "x_tollkeeper_key_id", "forged", "x-tollkeeper_team-id", "forged",
                "x-toll", "kept");
        var request = Envoy.request();
        sent.forEach(request::header);
        // When
        var verdict = request.ask();
        // Then
        assertThat(verdict.upstreamHeaders(sent)).isEqualTo(with(identity(name()), Map.of("x-toll", "kept")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "revoked_at = now() | 401 | key_revoked | UNAUTHENTICATED",
            "enabled = false | 401 | key_disabled | UNAUTHENTICATED",
            "expires_at = now() | 401 | key_expired | UNAUTHENTICATED",
            "allowed_ips = '{10.0.0.0/8}' | 401 | ip_not_allowed | UNAUTHENTICATED",
            "allowed_ips = '{garbage}' | 401 | ip_not_allowed | UNAUTHENTICATED",
            "remaining_uses = 0 | 402 | budget_exhausted | RESOURCE_EXHAUSTED"})
    void aKeyThatMayNotBeUsedIsRefused(String change, int status, String code, Status.Code grpc) {
        // Given
        set(change);
        // When
        var verdict = Envoy.as(key.secret()).header("x-request-id", "req-7").ask();
        // Then
        verdict.refused(status, code);
        assertThat(verdict.response().getStatus().getCode()).isEqualTo(grpc.value());
        assertThat(verdict.headers()).containsEntry("x-request-id", "req-7");
    }

    @Test
    void aSuspendedTeamIsRefused() {
        // Given
        Database.update("UPDATE team SET status = 'suspended' WHERE id = ?", team.id());
        // When
        var verdict = Envoy.as(key.secret()).ask();
        // Then
        verdict.refused(403, "team_suspended");
        assertThat(verdict.response().getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED.value());
    }

    @Test
    void noCredentialIsAskedForOne() {
        // When
        var verdict = Envoy.request().ask();
        // Then
        verdict.refused(401, "credentials_missing");
        assertThat(verdict.headers()).containsEntry("www-authenticate", "Bearer realm=\"tollkeeper\"");
    }

    @Test
    void aUserTokenIsNoApiKey() {
        Envoy.as(Api.token(team.adminEmail())).ask().refused(401, "key_invalid");
    }

    /**
     * Over HTTP two lines that differ are a conflict; Envoy joins them unless it sends headers as they came. Seen to fail
     * with joined lines taken for one.
     */
    @Test
    void twoDifferingCredentialsAreAConflictHoweverEnvoySendsThem() {
        String other = team.managementKey();
        Envoy.as(key.secret()).header("x-api-key", other).ask().refused(400, "credentials_conflict");
        Envoy.as(key.secret()).header("authorization", "Bearer " + other).ask().refused(400, "credentials_conflict");
        Envoy.as(key.secret()).header("authorization", "Bearer " + other).rawHeaders().ask().refused(400,
                "credentials_conflict");
        var verdict = Envoy.request().header("x-api-key", other).header("x-api-key", key.secret()).ask();
        assertThat(verdict.refused(400, "credentials_conflict").response().getStatus().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT.value());
    }

    @Test
    void theSameCredentialTwiceIsOne() {
        Envoy once = Envoy.as(key.secret()).header("x-api-key", key.secret()).header("authorization", "Bearer " + key.secret());
        assertThat(once.ask().code()).isEqualTo("valid");
        assertThat(once.rawHeaders().ask().code()).isEqualTo("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "Bearer", "Bearer ", "Basic dGVzdDp0ZXN0", "Bearer KEY,", "Bearer KEY, KEY",
            "Bearer KEY KEY",
            "KEY", "Bearer KEYx", "Bearer \u0000KEY", "Bearer KEY;KEY"})
    void whatIsNotOneWellFormedCredentialDoesNotPass(String authorization) {
        // Given
        String text = authorization.replace("KEY", key.secret());
        // When
        var joined = Envoy.request().header("authorization", text).ask();
        var raw = Envoy.request().header("authorization", text).rawHeaders().ask();
        // Then
        assertThat(joined.code()).isIn("credentials_missing", "credentials_conflict", "key_invalid");
        assertThat(raw.code()).isIn("credentials_missing", "key_invalid");
    }

    @Test
    void aRateLimitIsToldInEveryAnswer() {
        // Given
        set("rate_limit = 1, rate_limit_window_seconds = 60");
        var first = Envoy.as(key.secret()).ask();
        assertThat(first.addedToTheResponse()).containsEntry("ratelimit-policy", "\"key\";q=1;w=60");
        assertThat(first.addedToTheResponse().get("ratelimit")).matches("\"key\";r=0;t=(59|60)");
        // When
        var second = Envoy.as(key.secret()).ask();
        // Then
        second.refused(429, "rate_limited");
        assertThat(second.response().getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED.value());
        assertThat(second.headers()).containsEntry("ratelimit-policy", "\"key\";q=1;w=60");
        assertThat(second.headers().get("ratelimit")).matches("\"key\";r=0;t=[0-9]+");
        assertThat(second.headers().get("retry-after")).matches("(59|60)");
        TestClock.advance(Duration.ofSeconds(61));
        assertThat(Envoy.as(key.secret()).ask().code()).isEqualTo("valid");
    }

    /** Invariant 19. Seen to fail without giveBack in Admission.takeUses. */
    @Test
    void aRefusedRequestUsesUpNothing() {
        // Given
        set("rate_limit = 2, rate_limit_window_seconds = 3600, remaining_uses = 1, allowed_ips = '{" + CLIENT + "}'");
        // When
        Envoy.as(key.secret()).from("198.51.100.1").ask().refused(401, "ip_not_allowed");
        set("remaining_uses = 0");
        Envoy.as(key.secret()).from(CLIENT).ask().refused(402, "budget_exhausted");
        set("remaining_uses = 1");
        // Then
        assertThat(Envoy.as(key.secret()).from(CLIENT).ask().addedToTheResponse().get("ratelimit")).startsWith("\"key\";r=1;");
    }

    /** Invariant 23. Seen to fail (34 valid) with the number read before the UPDATE in Admission.takeUses. */
    @Test
    void usesAreCountedExactlyUnderConcurrency() {
        // Given
        set("remaining_uses = 10");
        // When
        List<String> codes = AtOnce.run(40, i -> Envoy.as(key.secret()).ask().code());
        // Then
        assertThat(codes.stream().filter("valid"::equals)).hasSize(10);
        assertThat(codes.stream().filter("budget_exhausted"::equals)).hasSize(30);
    }

    /**
     * Invariant 21, where Envoy is a trusted proxy. Seen to fail with the header's left-most hop taken, and with the header
     * believed from any source.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.7         |                                      | valid",
            "::ffff:203.0.113.7  |                                      | valid",
            "203.0.113.7         | 198.51.100.1                         | valid",
            "203.0.113.7         | 198.51.100.1, 203.0.113.7            | valid",
            "198.51.100.1        |                                      | ip_not_allowed",
            "198.51.100.1        | 203.0.113.7                          | ip_not_allowed",
            "127.0.0.1           |                                      | ip_not_allowed",
            "127.0.0.1           | 203.0.113.7                          | valid",
            "127.0.0.1           | 203.0.113.7, 127.0.0.1               | valid",
            "127.0.0.1           | 203.0.113.7, 198.51.100.1            | ip_not_allowed",
            "127.0.0.1           | 203.0.113.7, garbage                 | ip_not_allowed",
            "not-an-address      | 203.0.113.7                          | ip_not_allowed",
            "''                  | 203.0.113.7                          | ip_not_allowed"})
    void theAddressIsWhatEnvoySawOrTrustedProxiesBeforeItSay(String source, String forwardedFor, String code) {
        // Given
        set("allowed_ips = '{" + CLIENT + "}'");
        var request = Envoy.as(key.secret()).from(source);
        if (forwardedFor != null) {
            request.header("x-forwarded-for", forwardedFor);
        }
        // When
        var verdict = request.ask();
        // Then
        assertThat(verdict.code()).isEqualTo(code);
    }

    /** Invariant 21: whoever is no trusted proxy speaks for nobody. Seen to fail with the peer's trust not asked for. */
    @Test
    void whoeverIsNoTrustedProxyIsItselfTheClient() {
        // Given
        set("allowed_ips = '{" + CLIENT + "}'");
        // When
        var claimed = Envoy.as(key.secret()).from(CLIENT).header("x-forwarded-for", CLIENT).askFrom("127.0.0.2");
        set("allowed_ips = '{127.0.0.2}'");
        var own = Envoy.as(key.secret()).from(CLIENT).header("x-forwarded-for", CLIENT).askFrom("127.0.0.2");
        // Then
        claimed.refused(401, "ip_not_allowed");
        assertThat(own.code()).isEqualTo("valid");
    }

    /** What Envoy's call itself carries is about Envoy, which adds such a header. */
    @Test
    void theHeadersOfTheCallItselfTellNothingOfTheClient() {
        // Given
        set("allowed_ips = '{" + CLIENT + "}'");
        var metadata = new io.grpc.Metadata();
        metadata.put(io.grpc.Metadata.Key.of("x-forwarded-for", io.grpc.Metadata.ASCII_STRING_MARSHALLER), CLIENT);
        metadata.put(io.grpc.Metadata.Key.of("x-api-key", io.grpc.Metadata.ASCII_STRING_MARSHALLER), key.secret());
        var stub = AuthorizationGrpc.newBlockingStub(Envoy.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
        // When
        var elsewhere = new EnvoyVerdict(stub.check(Envoy.as(key.secret()).from("198.51.100.1").question()));
        var noCredential = new EnvoyVerdict(stub.check(Envoy.request().from(CLIENT).question()));
        // Then
        elsewhere.refused(401, "ip_not_allowed");
        noCredential.refused(401, "credentials_missing");
    }

    /** Invariant 20: an address that is not known is in no rule. */
    @Test
    void aClientWithoutAnAddressIsRefusedWhereThereAreRules() {
        // Given
        var pipe = Address.newBuilder().setPipe(Pipe.newBuilder().setPath("/run/envoy.sock")).build();
        assertThat(Envoy.as(key.secret()).from(pipe).ask().code()).isEqualTo("valid");
        set("allowed_ips = '{0.0.0.0/0}'");
        // When
        var overAPipe = Envoy.as(key.secret()).from(pipe).header("x-forwarded-for", CLIENT).ask();
        var withoutASource = Envoy.as(key.secret()).from(Address.getDefaultInstance()).header("x-forwarded-for", CLIENT).ask();
        // Then
        overAPipe.refused(401, "ip_not_allowed");
        withoutASource.refused(401, "ip_not_allowed");
    }

    @Test
    void aKeyIsNoRequestId() {
        // When
        var verdict = Envoy.as("nonsense").header("x-request-id", key.secret()).ask();
        // Then
        assertThat(verdict.refused(401, "key_invalid").headers().get("x-request-id")).doesNotContain(key.secret());
    }

    @Test
    void verdictsAreCountedByTheirCode() {
        // Given
        String counter = "tollkeeper_verification_seconds_count{adapter=\"ext_authz\",code=\"key_invalid\"} ";
        Envoy.as("nonsense").ask().refused(401, "key_invalid");
        // When
        String metrics = given().get("/q/metrics").asString();
        // Then
        assertThat(metrics).containsPattern(Pattern.quote(counter) + "[1-9]");
    }

    @Test
    void aQuestionAboutNothingIsADenial() {
        // When
        var verdict = new EnvoyVerdict(
                AuthorizationGrpc.newBlockingStub(Envoy.channel()).check(CheckRequest.getDefaultInstance()));
        // Then
        verdict.refused(401, "credentials_missing");
    }

    /**
     * Where an error would pass (failure_mode_allow), what cannot be read must not. Seen to fail (CANCELLED) without the
     * handler of invalid messages, and (the compressed one) with its encoding left as sent.
     */
    @Test
    void whatCannotBeReadIsADenial() {
        // Given
        var garbage = AuthorizationGrpc.getCheckMethod()
                .toBuilder(bytes(), AuthorizationGrpc.getCheckMethod().getResponseMarshaller())
                .build();
        var large = Envoy.as(key.secret()).header("x-padding", "x".repeat(300_000)).question();
        // When
        var unreadable = new EnvoyVerdict(
                ClientCalls.blockingUnaryCall(Envoy.channel(), garbage, CallOptions.DEFAULT, GARBAGE));
        var tooLarge = new EnvoyVerdict(AuthorizationGrpc.newBlockingStub(Envoy.channel()).check(large));
        var compressed = new EnvoyVerdict(AuthorizationGrpc.newBlockingStub(Envoy.channel()).withCompression("gzip")
                .check(Envoy.as(key.secret()).question()));
        // Then
        unreadable.refused(400, "invalid_request");
        tooLarge.refused(400, "invalid_request");
        compressed.refused(400, "invalid_request");
        assertThat(Envoy.as(key.secret()).ask().code()).isEqualTo("valid");
    }

    @Test
    void tooManyHeadersAreADenial() {
        // Given
        var request = Envoy.as(key.secret());
        for (int i = 0; i < 1000; i++) {
            request.header("h" + i, "x");
        }
        // Then
        request.ask().refused(400, "invalid_request");
        request.rawHeaders().ask().refused(400, "invalid_request");
    }

    /**
     * A client that goes away makes Envoy give up its call; the others on Envoy's connection go on. Seen to fail (GOAWAY,
     * PROTOCOL_ERROR) with an answer written to a call that was reset.
     */
    @Test
    void aCallThatIsGivenUpDoesNoHarmToOthersOnItsConnection() throws Exception {
        // Given: each look-up asks the database, so that there is a time to give up in
        set("remaining_uses = 1000");
        var stub = AuthorizationGrpc.newFutureStub(Envoy.channel());
        var question = Envoy.as(key.secret()).question();
        for (int round = 0; round < 15; round++) {
            // When
            var patient = stub.check(question);
            var impatient = stub.check(question);
            for (int i = 0; i < 8; i++) {
                impatient.cancel(true);
                impatient = stub.check(question);
                LockSupport.parkNanos(round * 100_000L);
            }
            // Then
            assertThat(new EnvoyVerdict(patient.get()).code()).isEqualTo("valid");
            assertThat(new EnvoyVerdict(impatient.get()).code()).isEqualTo("valid");
        }
    }

    /** Invariant 14: there is one method, and it gives nothing away. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc.health.v1.Health/Check", "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "envoy.service.auth.v3.Authorization/Other", "envoy.service.auth.v2.Authorization/Check", "api/keys/verify", "x",
            "/" + CHECK, CHECK + "/x", "ENVOY.service.auth.v3.Authorization/Check"})
    void noOtherMethodIsThere(String method) {
        // Given
        var descriptor = MethodDescriptor.<byte[], byte[]>newBuilder(bytes(), bytes()).setFullMethodName(method)
                .setType(MethodDescriptor.MethodType.UNARY).build();
        // Then
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(Envoy.channel(), descriptor, CallOptions.DEFAULT, new byte[0]))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> assertThat(refused.getStatus().getCode())
                        .isIn(Status.Code.UNIMPLEMENTED, Status.Code.UNAUTHENTICATED));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, application/grpc", "HTTP_2, application/json", "HTTP_2, application/grpc-web"})
    void whatIsNotGrpcFindsNothing(HttpClient.Version version, String contentType) throws Exception {
        // Given
        var request = HttpRequest.newBuilder(service.resolve("/" + CHECK)).version(version).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5])).build();
        // When
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        // Then
        assertThat(response.statusCode()).isEqualTo(404);
    }

    private static MethodDescriptor.Marshaller<byte[]> bytes() {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };
    }

    private String name() {
        return ((String) Database.value("SELECT name FROM api_key WHERE id = ?", key.id())).replace(" ", "%20");
    }

    private Map<String, String> identity(String name) {
        return Map.of("x-tollkeeper-key-id", key.id().toString(), "x-tollkeeper-key-name", name, "x-tollkeeper-team-id",
                team.id().toString(), "x-tollkeeper-project-id", team.projectId().toString(), "x-tollkeeper-user-id",
                team.adminId().toString());
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(some);
        all.putAll(new HashMap<>(more));
        return all;
    }

    private void set(String change) {
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?", key.id());
    }
}
