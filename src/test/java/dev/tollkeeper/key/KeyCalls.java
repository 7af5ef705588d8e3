package dev.tollkeeper.key;

import static dev.tollkeeper.testsupport.Api.as;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.tollkeeper.http.Ids;
import dev.tollkeeper.testsupport.Database;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** The calls that tests of keys make again and again. */
final class KeyCalls {
    static final String KEYS = "/api/manage/api-keys";

    private KeyCalls() {
    }

    /** A key that was made, and its secret. */
    record Made(String id, String name, String secret) {
        static Made of(ExtractableResponse<?> created) {
            return new Made(created.path("id"), created.path("name"), created.path("api_key"));
        }
    }

    /** Makes a key that has to succeed. */
    static Made make(String credential, Map<String, ?> body) {
        return Made.of(as(credential).body(body).post(KEYS).then().statusCode(201).extract());
    }

    /** Makes an ordinary key of a name of its own. */
    static Made make(String credential) {
        return make(credential, Map.of("name", unique()));
    }

    static String unique() {
        return "key " + Ids.next();
    }

    static ValidatableResponse get(String credential, String id) {
        return as(credential).get(KEYS + "/" + id).then();
    }

    static ValidatableResponse put(String credential, String id, Object body) {
        return as(credential).body(body).put(KEYS + "/" + id).then();
    }

    static ValidatableResponse post(String credential, String id, String verb, Object body) {
        return as(credential).body(body).post(KEYS + "/" + id + "/" + verb).then();
    }

    /** What the service says to a secret: {@code valid}, or the code of its refusal. */
    static String verdict(String secret) {
        Response answer = as(secret).get("/api/auth/whoami");
        return answer.statusCode() == 200 ? "valid" : answer.path("code");
    }

    static void set(Object keyId, String change) {
        Database.update("UPDATE api_key SET " + change + " WHERE id = ?::uuid", keyId.toString());
    }

    /** What a key's audit entries say was done, in order. */
    static List<Map<String, Object>> audit(String keyId) {
        return Database.query("SELECT action, changes::text AS changes FROM audit_entry WHERE target_id = ? ORDER BY seq",
                keyId);
    }

    /** Does the same in parallel. */
    static <T> List<T> inParallel(int times, Callable<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } finally {
            threads.shutdownNow();
        }
    }
}
