package dev.tollkeeper.load.scenario;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

/** The calls that judge the key of the session, and what each has to answer. */
final class Calls {
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final String management;

    Calls(String management) {
        this.management = management;
    }

    /** One of the calls: mostly forward auth, as gateways ask before each request. */
    ChainBuilder any() {
        return doIfOrElse(session -> Presented.VALID.equals(session.getString("code"))).then(accepted()).orElse(refused());
    }

    private ChainBuilder accepted() {
        return mix(forward("forward auth").check(status().is(OK), header("X-Tollkeeper-Key-Id").exists()),
                verify("verify").check(status().is(OK), jsonPath("$.valid").ofBoolean().is(true), code()),
                whoami("whoami").check(status().is(OK), jsonPath("$.key.id").exists()));
    }

    private ChainBuilder refused() {
        return mix(forward("forward auth, refused").check(status().is(UNAUTHORIZED), code()),
                verify("verify, refused").check(status().is(OK), jsonPath("$.valid").ofBoolean().is(false), code()),
                whoami("whoami, refused").check(status().is(UNAUTHORIZED), code()));
    }

    private static ChainBuilder mix(HttpRequestActionBuilder forward, HttpRequestActionBuilder verify,
            HttpRequestActionBuilder whoami) {
        return randomSwitch().on(percent(70).then(CoreDsl.exec(forward)), percent(20).then(CoreDsl.exec(verify)),
                percent(10).then(CoreDsl.exec(whoami)));
    }

    private static CheckBuilder code() {
        return jsonPath("$.code").isEL("#{code}");
    }

    private static HttpRequestActionBuilder forward(String name) {
        return http(name).get("/api/auth/forward").header("Authorization", "Bearer #{key}");
    }

    private static HttpRequestActionBuilder whoami(String name) {
        return http(name).get("/api/auth/whoami").header("Authorization", "Bearer #{key}");
    }

    private HttpRequestActionBuilder verify(String name) {
        return http(name).post("/api/keys/verify").header("Authorization", "Bearer " + management)
                .header("Content-Type", "application/json").body(StringBody("{\"key\":\"#{key}\",\"ip\":\"203.0.113.7\"}"));
    }
}
