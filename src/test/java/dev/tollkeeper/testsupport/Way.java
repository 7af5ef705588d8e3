package dev.tollkeeper.testsupport;

import static io.restassured.RestAssured.given;

import java.util.Map;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The ways in which a key comes to be judged: by a service that asks, by a gateway, by Envoy, as a caller of the API. */
public enum Way {
    /** {@code POST /api/keys/verify}. */
    VERIFY,
    /** Forward authentication. */
    FORWARD_AUTH,
    /** Envoy's external authorization. */
    EXT_AUTHZ,
    /** A call of Tollkeeper's own API, which any key may make. */
    WHOAMI;

    /**
     * What the service on this port says of a key: {@code valid}, or the code of the refusal.
     *
     * @param address whence the key is used, as the service is told
     * @param asker the credential of whoever asks in another's stead
     */
    public String ask(int port, String secret, String address, String asker) {
        return switch (this) {
            case VERIFY -> request(port, asker).body(Map.of("key", secret, "ip", address)).post("/api/keys/verify")
                    .path("code");
            case FORWARD_AUTH -> code(client(port, secret, address).get("/api/auth/forward"));
            case EXT_AUTHZ -> Envoy.as(secret).from(address).ask(port).code();
            case WHOAMI -> code(client(port, secret, address).get("/api/auth/whoami"));
        };
    }

    /** What the service on this port calls a good key, to whoever asks or to the API behind the gateway. */
    public String keyName(int port, String secret, String asker) {
        return switch (this) {
            case VERIFY -> request(port, asker).body(Map.of("key", secret)).post("/api/keys/verify").path("name");
            case FORWARD_AUTH -> request(port, secret).get("/api/auth/forward").header("X-Tollkeeper-Key-Name");
            case EXT_AUTHZ -> Envoy.as(secret).ask(port).upstreamHeaders(Map.of()).get("x-tollkeeper-key-name");
            case WHOAMI -> request(port, secret).get("/api/auth/whoami").path("key.name");
        };
    }

    private static String code(Response answer) {
        return answer.statusCode() == 200 ? "valid" : answer.path("code");
    }

    private static RequestSpecification client(int port, String secret, String address) {
        return request(port, secret).header("X-Forwarded-For", address);
    }

    private static RequestSpecification request(int port, String credential) {
        return given().baseUri("http://127.0.0.1").port(port).header("Authorization", "Bearer " + credential)
                .contentType(ContentType.JSON);
    }
}
