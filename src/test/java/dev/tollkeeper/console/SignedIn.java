package dev.tollkeeper.console;

import static dev.tollkeeper.testsupport.Api.asNobody;

import java.util.Map;

import dev.tollkeeper.access.ConsoleSession;
import dev.tollkeeper.testsupport.TestSettings;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/**
 * Somebody who has signed in to the console.
 *
 * @param cookie their session, as browsers send it
 */
record SignedIn(String cookie) {
    static SignedIn as(String email) {
        return of(signIn(email, TestSettings.PASSWORD));
    }

    static SignedIn of(ValidatableResponse signedIn) {
        String set = signedIn.statusCode(204).extract().header("Set-Cookie");
        return new SignedIn(set.substring(0, set.indexOf(';')));
    }

    static ValidatableResponse signIn(String email, String password) {
        return console().header("X-Forwarded-For", "203.0.113." + Math.floorMod(email.hashCode(), 250))
                .body(Map.of("email", email, "password", password)).post("/console/session").then();
    }

    /** A request as the console's pages make it, of nobody. */
    static RequestSpecification console() {
        return asNobody().header(ConsoleSession.HEADER, "1").header("Sec-Fetch-Site", "same-origin");
    }

    /** A request as the console's pages make it. */
    RequestSpecification fromConsole() {
        return console().header("Cookie", cookie);
    }

    /** A request with the cookie, and with nothing else that the console sends. */
    RequestSpecification fromElsewhere() {
        return asNobody().header("Cookie", cookie);
    }

    String token() {
        return cookie.substring(cookie.indexOf('=') + 1);
    }
}
