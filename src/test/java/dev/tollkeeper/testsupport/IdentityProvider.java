package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

import com.sun.net.httpserver.HttpServer;

/** Somebody else who signs users in, and serves the public key. */
public final class IdentityProvider {
    /** Its name. */
    public static final String ISSUER = "https://login.example.test/";
    /** What it signs with. */
    public static final KeyPair PAIR = pair();

    private static final HttpServer SERVER = serve();

    private IdentityProvider() {
    }

    /** Where its public keys are. */
    static String jwksUrl() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/jwks";
    }

    /** New keys. */
    public static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static HttpServer serve() {
        try {
            RSAPublicKey key = (RSAPublicKey) PAIR.getPublic();
            String jwks = "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"provider-1\",\"n\":\""
                    + base64(key.getModulus().toByteArray()) + "\",\"e\":\"" + base64(key.getPublicExponent().toByteArray())
                    + "\"}]}";
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/jwks", exchange -> {
                byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String base64(byte[] number) {
        int from = number[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(number, from, number.length));
    }
}
