package dev.tollkeeper.team;

import static dev.tollkeeper.testsupport.Api.asNobody;

import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.TestTeam;
import io.restassured.response.ValidatableResponse;

/** People and keys in the situations that the tests of this package need, put into the database past the service. */
public final class People {
    private People() {
    }

    /** Puts a user into another team too. */
    public static void join(UUID team, UUID user, String role) {
        Database.update("INSERT INTO membership (team_id, user_id, role, created_at) VALUES (?, ?, ?, now())", team, user,
                role);
    }

    /** Another operator, who is in a team too. End this with {@link #demote}: other tests count on one operator. */
    public static UUID operator(UUID team) {
        UUID user = TestTeam.user(team, "member");
        Database.update("UPDATE app_user SET is_operator = true WHERE id = ?", user);
        return user;
    }

    /** Makes an operator an ordinary user. */
    public static void demote(UUID operator) {
        Database.update("UPDATE app_user SET is_operator = false WHERE id = ?", operator);
    }

    /** A management key with one scope only. */
    public static String keyWith(TestTeam team, String scope) {
        var key = team.key(KeyKind.MANAGEMENT, "only " + scope + " " + Ids.next());
        Database.update("UPDATE api_key SET scopes = ARRAY[?] WHERE id = ?", scope, key.id());
        return key.secret();
    }

    /** A management key of a team that another user has made. */
    public static String keyOf(TestTeam team, UUID maker) {
        var key = team.key(KeyKind.MANAGEMENT, "made by " + maker + " " + Ids.next());
        Database.update("UPDATE api_key SET created_by = ? WHERE id = ?", maker, key.id());
        return key.secret();
    }

    /** Tries to sign in. */
    public static ValidatableResponse signIn(String email, String password) {
        return asNobody().header("X-Forwarded-For", "203.0.113." + Math.floorMod(email.hashCode(), 250))
                .body(Map.of("email", email, "password", password)).post("/api/auth/token").then();
    }

    /** An address that nobody has yet. */
    public static String newEmail() {
        return "new-" + Ids.next() + "@tollkeeper.test";
    }

    /** A response with what names the request taken out. */
    public static String bytes(ValidatableResponse response) {
        var answer = response.extract();
        return answer.statusCode() + " " + answer.contentType() + " "
                + answer.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
