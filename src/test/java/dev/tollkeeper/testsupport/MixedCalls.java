package dev.tollkeeper.testsupport;

import static dev.tollkeeper.testsupport.Replicas.management;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.tollkeeper.key.KeyKind;
import dev.tollkeeper.key.KeySecret;
import dev.tollkeeper.testsupport.Load.Call;
import dev.tollkeeper.testsupport.Load.Told;
import io.restassured.response.Response;

/** What clients of every kind ask of a service under faults, and what it is right to answer. */
public final class MixedCalls {
    /** Begins the names of calls about a key that the service knows. */
    public static final String KNOWN = "known";
    /** Begins the names of calls about a revoked key. */
    public static final String REVOKED = "revoked";
    /** Begins the names of calls about keys that the service has not seen. */
    public static final String FRESH = "fresh";
    /** Makes a key, once. */
    public static final String CREATE = "create";
    /** Records usage, once. */
    public static final String EVENTS = "events";
    private static final String COUNTED = "counted";
    private static final String NOBODYS = "nobody's";
    private static final int OTHER_CLIENTS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant BEGUN = Instant.now();

    private final String url;
    private final int grpcPort;
    private final String known;
    private final String counted;
    private final String revoked;
    private final String keyId;
    private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
    private final Map<String, String> right = new LinkedHashMap<>();
    /** What has to wait for the database. */
    private final List<Kind> others = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger revokedNumber = new AtomicInteger();

    /** Calls of one kind, each with a number of its own. */
    private record Kind(String what, IntFunction<Call> call) {
    }

    /** Calls of one service, by its way for both HTTP and gRPC. */
    public MixedCalls(PackagedService service) {
        this(service.url(""), service.port(), Map.of());
    }

    /**
     * Calls of a service.
     *
     * @param url where it is asked over HTTP
     * @param grpcPort where Envoy asks it
     * @param settings of the key that it knows
     */
    public MixedCalls(String url, int grpcPort, Map<String, Object> settings) {
        this.url = url;
        this.grpcPort = grpcPort;
        known = create(settings).path("api_key");
        counted = create(Map.of("remaining_uses", 1_000_000_000)).path("api_key");
        Response ended = create(Map.of());
        keyId = ended.path("id");
        revoked = ended.path("api_key");
        management().post(url("/api/manage/api-keys/" + keyId + "/revoke")).then().statusCode(200);
        for (Way way : Way.values()) {
            right.put(what(KNOWN, way), right(way, "valid"));
            right.put(what(REVOKED, way), right(way, "key_revoked"));
            other(what(FRESH, way), right(way, "valid"), once -> fresh(way));
            other(what(COUNTED, way), right(way, "valid"), once -> ask(COUNTED, way, counted));
            other(what(NOBODYS, way), right(way, "key_invalid"),
                    once -> ask(NOBODYS, way, KeySecret.generate(KeyKind.ORDINARY, RANDOM).reveal()));
        }
        other("list", "200", once -> get("list", "/api/manage/api-keys?limit=5"));
        other("audit", "200", once -> get("audit", "/api/audit?limit=5"));
        other("balance", "200", once -> get("balance", "/api/manage/users/balance"));
        other(CREATE, "201", once -> new Call(CREATE,
                Load.http(Load.post(url("/api/manage/api-keys"), TestSettings.BOOTSTRAP_KEY, named(once))
                        .header("Idempotency-Key", "once-" + once))));
        other(EVENTS, "200 unpriced", once -> new Call(EVENTS,
                Load.http(Load.post(url("/api/usage/events"), TestSettings.BOOTSTRAP_KEY, event(once)))));
    }

    private void other(String what, String answer, IntFunction<Call> call) {
        right.put(what, answer);
        others.add(new Kind(what, call));
    }

    private static String right(Way way, String code) {
        if (way == Way.VERIFY) {
            return "200 " + code;
        }
        return "valid".equals(code) ? "200" : "401 " + code;
    }

    /** What asking about a key by a way is called. */
    public static String what(String key, Way way) {
        return key + " by " + way;
    }

    /** What gateways ask of keys they know has clients of its own: the others wait, each time, while the database is frozen. */
    public List<Supplier<Call>> clients() {
        List<Supplier<Call>> clients = new ArrayList<>();
        for (Way way : Way.values()) {
            clients.add(() -> ask(KNOWN, way, known));
        }
        clients.add(this::revoked);
        Stream.<Supplier<Call>>generate(() -> this::other).limit(OTHER_CLIENTS).forEach(clients::add);
        return clients;
    }

    /** Every kind of call, but for the keys that are used only once. */
    public Set<String> kinds() {
        Set<String> kinds = new TreeSet<>(right.keySet());
        kinds.removeIf(kind -> kind.startsWith(FRESH));
        return kinds;
    }

    /** Whether nothing but the database can answer calls of this kind. */
    public boolean needsTheDatabase(String what) {
        return others.stream().anyMatch(kind -> kind.what().equals(what));
    }

    /** The kinds that nothing but the database can answer. */
    public List<String> kindsThatNeedTheDatabase() {
        return others.stream().map(Kind::what).toList();
    }

    /** What a call of this kind is answered with a database. */
    public String right(String what) {
        return right.get(what);
    }

    /** The number of the last call. */
    public int last() {
        return number.get();
    }

    /** Whether the call with this number was of this kind. */
    public boolean isOf(int once, String what) {
        return others.get(once % others.size()).what().equals(what);
    }

    /** Keys that the service has not seen; each is tried until it is not told 503 any more. */
    public void useOnce(List<String> secrets) {
        fresh.addAll(secrets);
    }

    /** Whether all of those were used. */
    public boolean areFreshUsed() {
        return fresh.isEmpty();
    }

    private Call fresh(Way way) {
        String secret = fresh.poll();
        if (secret == null) {
            return ask(KNOWN, way, known);
        }
        Call call = ask(FRESH, way, secret);
        return new Call(call.what(), limit -> {
            Told told = call.request().send(limit);
            if (told.status() == HttpURLConnection.HTTP_UNAVAILABLE) {
                fresh.add(secret);
            }
            return told;
        });
    }

    private Call revoked() {
        Way[] ways = Way.values();
        return ask(REVOKED, ways[revokedNumber.incrementAndGet() % ways.length], revoked);
    }

    private Call other() {
        int once = number.incrementAndGet();
        return others.get(once % others.size()).call().apply(once);
    }

    private Call ask(String key, Way way, String secret) {
        return new Call(what(key, way), switch (way) {
            case VERIFY -> Load.http(Load.post(url("/api/keys/verify"), TestSettings.BOOTSTRAP_KEY,
                    "{\"key\":\"" + secret + "\"}"));
            case FORWARD_AUTH -> Load.http(Load.get(url("/api/auth/forward"), secret));
            case EXT_AUTHZ -> Load.extAuthz(grpcPort, secret);
            case WHOAMI -> Load.http(Load.get(url("/api/auth/whoami"), secret));
        });
    }

    private String url(String path) {
        return url + path;
    }

    private Call get(String what, String path) {
        return new Call(what, Load.http(Load.get(url(path), TestSettings.BOOTSTRAP_KEY)));
    }

    /** Makes a key. */
    public Response create(Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", "key " + UUID.randomUUID());
        Response created = management().body(body).post(url("/api/manage/api-keys"));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    /** Sends what the call with this number sent, if it was to do something. */
    public void again(int once) {
        if (isOf(once, CREATE)) {
            management().header("Idempotency-Key", "once-" + once).body(named(once)).post(url("/api/manage/api-keys"))
                    .then().statusCode(201);
        } else if (isOf(once, EVENTS)) {
            int rejected = management().body(event(once)).post(url("/api/usage/events")).path("rejected");
            assertThat(rejected).isZero();
        }
    }

    private static String name(int once) {
        return "once " + once;
    }

    private static String named(int once) {
        return "{\"name\":\"" + name(once) + "\"}";
    }

    private String event(int once) {
        return "{\"events\":[{\"id\":\"" + once + "\",\"source\":\"faults\",\"occurred_at\":\"" + BEGUN
                + "\",\"key_id\":\"" + keyId + "\",\"meter\":\"calls\",\"quantity\":1}]}";
    }
}
