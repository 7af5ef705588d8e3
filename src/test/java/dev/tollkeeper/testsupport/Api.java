package dev.tollkeeper.testsupport;

import static io.restassured.RestAssured.given;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.tollkeeper.team.token.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Calls the service over HTTP, as its clients do. */
public final class Api {
    private static final SecretRecorder SECRETS = new SecretRecorder();
    private static final AnswerRecorder ANSWERS = new AnswerRecorder();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private Api() {
    }

    /** A request with this API key or user token. */
    public static RequestSpecification as(String credential) {
        return asNobody().header("Authorization", "Bearer " + credential);
    }

    /** A request with a user's token. */
    public static RequestSpecification asUser(String email) {
        return as(token(email));
    }

    /** A request with the operator's token. */
    public static RequestSpecification asOperator() {
        return asUser(TestSettings.OPERATOR_EMAIL);
    }

    /** A request with no credential. */
    public static RequestSpecification asNobody() {
        return given().filters(SECRETS, ANSWERS).contentType(ContentType.JSON);
    }

    /** A user's token, signed in for once, over HTTP unless {@link TestTeam} made the user. Tokens are checked by the system's time. */
    public static String token(String email) {
        return TOKENS.computeIfAbsent(email, address -> TestClock.atSystemTime(() -> signIn(address)));
    }

    private static String signIn(String email) {
        return TestTokens.issue(email, TestTeam.PASSWORD_HASH).orElseGet(() -> signInOverHttp(email));
    }

    private static String signInOverHttp(String email) {
        return asNobody().body(Map.of("email", email, "password", TestSettings.PASSWORD))
                .post("/api/auth/token").then().statusCode(200).extract().path("access_token");
    }

    /** Insists that a response is the problem of this status and code, in the contract's form. */
    public static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        response.statusCode(status).contentType("application/problem+json");
        ProblemAssertions.check(response.extract(), status, code);
        return response;
    }
}
