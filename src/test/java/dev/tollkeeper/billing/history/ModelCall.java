package dev.tollkeeper.billing.history;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.testsupport.Api;
import dev.tollkeeper.testsupport.TestTeam;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/**
 * A call with an {@code Idempotency-Key}, to be sent once or several times.
 *
 * @param credential null for the operator's
 * @param body null for none, of a DELETE
 */
record ModelCall(String credential, String path, String key, Map<String, Object> body) {
    static ModelCall asOperator(String path, Map<String, Object> body) {
        return new ModelCall(null, path, UUID.randomUUID().toString(), body);
    }

    static ModelCall post(TestTeam team, String path, Map<String, Object> body) {
        return new ModelCall(team.managementKey(), path, UUID.randomUUID().toString(), body);
    }

    static ModelCall delete(TestTeam team, String path) {
        return new ModelCall(team.managementKey(), path, UUID.randomUUID().toString(), null);
    }

    /** Another call with the same key. */
    ModelCall with(String field, Object value) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put(field, value);
        return new ModelCall(credential, path, key, changed);
    }

    /** What it does, in one word. */
    String what() {
        return body == null ? "release" : path.substring(path.lastIndexOf('/') + 1);
    }

    ValidatableResponse send() {
        RequestSpecification request = (credential == null ? Api.asOperator() : Api.as(credential)).header("Idempotency-Key",
                key);
        return body == null ? request.delete(path).then() : request.body(body).post(path).then();
    }
}
