package dev.tollkeeper.load.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

import dev.tollkeeper.testsupport.Load;
import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.MixedCalls;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.Way;
import io.restassured.response.Response;

/** A client that revokes a key now and then, and remembers of which it was told that they are revoked. */
final class Revoker implements Supplier<Call> {
    static final String REVOKE = "revoke";
    static final String RIGHT = "200";
    private static final int KEYS = 150;
    private static final int EVERY = 40;

    private final String url;
    private final Supplier<Call> meanwhile;
    private final Queue<Response> keys = new ArrayDeque<>();
    private final List<String> revoked = Collections.synchronizedList(new ArrayList<>());
    private int calls;

    /** Makes the keys. In between it asks what this asks. */
    Revoker(String url, MixedCalls calls, Supplier<Call> meanwhile) {
        this.url = url;
        this.meanwhile = meanwhile;
        for (int i = 0; i < KEYS; i++) {
            keys.add(calls.create(Map.of()));
        }
    }

    @Override
    public Call get() {
        if (++calls % EVERY != 0 || keys.isEmpty()) {
            return meanwhile.get();
        }
        Response key = keys.remove();
        Load.Request revoke = Load.http(Load.post(url + "/api/manage/api-keys/" + key.path("id") + "/revoke",
                TestSettings.BOOTSTRAP_KEY, "{}"));
        return new Call(REVOKE, limit -> {
            Load.Told told = revoke.send(limit);
            if (told.toString().equals(RIGHT)) {
                revoked.add(key.path("api_key"));
            }
            return told;
        });
    }

    /** How many it was told of. */
    int acknowledged() {
        return revoked.size();
    }

    /** How many of those a service on this port lets pass. */
    long lost(int port) {
        return revoked.stream()
                .filter(secret -> !"key_revoked".equals(Way.FORWARD_AUTH.ask(port, secret, "127.0.0.1", TestSettings.BOOTSTRAP_KEY)))
                .count();
    }
}
