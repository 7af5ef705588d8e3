package dev.tollkeeper.http;

import static dev.tollkeeper.testsupport.Api.as;
import static dev.tollkeeper.testsupport.Api.asNobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestTeam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.vertx.ext.web.Router;

/** Invariants 14 and 16, over every route that the API description names. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DefaultDenyTest {
    private static final Set<String> MEANT_TO_BE_PUBLIC = Set.of("POST /api/auth/token", "GET /.well-known/jwks.json");
    private static final Set<String> OPEN_TO_ORDINARY_KEYS = Set.of("GET /api/auth/whoami", "GET /api/auth/forward");
    /** Below {@code /q/} is what the contract's section on operation lists, public by intent; {@code /} are the paths of JAX-RS. */
    private static final Set<String> BESIDE_THE_API = Set.of("/", "/q/", "/api/auth/forward", "/api/auth/whoami",
            "/api/keys/verify", "/envoy.service.auth.v3.Authorization/Check");
    private static final String SOME_ID = "01920000-0000-7000-8000-000000000000";

    @Inject
    Router router;

    private record Route(String method, String path) {
        String name() {
            return method + " " + path;
        }

        String filled() {
            return path.replace("{start}", "2026-01-01").replace("{end}", "2026-01-02").replace("{interval}", "daily")
                    .replaceAll("\\{[^}]*}", SOME_ID);
        }
    }

    /** Seen to fail with the registry open to all: @PermitAll, and its @Requires taken out. */
    @Test
    void noRouteAnswersWithoutACredential() {
        // Given
        List<String> open = new ArrayList<>();
        // When
        for (Route route : routes()) {
            int status = asNobody().body("{}").urlEncodingEnabled(false)
                    .request(Method.valueOf(route.method()), route.filled()).statusCode();
            if (status != 401) {
                open.add(route.name());
            }
        }
        // Then
        assertThat(open).containsExactlyInAnyOrderElementsOf(MEANT_TO_BE_PUBLIC);
    }

    /** Methods that the contract does not have; a HEAD is the GET of its path. */
    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
    void noOtherMethodAnswersWithoutACredential(String method) {
        // Given
        Set<String> open = new TreeSet<>();
        // When
        routes().stream().map(Route::filled).distinct().forEach(path -> {
            int status = asNobody().urlEncodingEnabled(false).request(method, path).statusCode();
            if (!Set.of(400, 401, 404, 405, 501).contains(status)) {
                open.add(status + " " + path);
            }
        });
        // Then
        assertThat(open).isEqualTo(method.equals("HEAD") ? Set.of("200 /.well-known/jwks.json") : Set.of());
    }

    /** Whatever Quarkus and its extensions put beside the API: none of it answers that is not meant to be public. */
    @Test
    void noRouteBesideTheApiAnswersThatIsNotMeantTo() {
        // Given
        Set<String> open = new TreeSet<>();
        // When
        for (String path : routerPaths()) {
            for (Method method : List.of(Method.GET, Method.POST)) {
                int status = given().redirects().follow(false).contentType(ContentType.JSON).body("{}").request(method, path)
                        .statusCode();
                if (status / 100 == 2) {
                    open.add(method + " " + path);
                }
            }
        }
        // Then: the console is open, what it shows is not
        assertThat(open).containsExactly("GET /");
        assertThat(routerPaths()).as("paths that nobody has thought of yet").isEqualTo(BESIDE_THE_API);
    }

    private Set<String> routerPaths() {
        Set<String> paths = new TreeSet<>();
        router.getRoutes().stream().map(io.vertx.ext.web.Route::getPath).filter(Objects::nonNull).forEach(paths::add);
        return paths;
    }

    /** Seen to fail with the management-key check taken out of AccessFilter. */
    @Test
    void anOrdinaryKeyManagesNothingWhateverItIsScoped() {
        // Given
        TestTeam team = TestTeam.create();
        var key = team.ordinaryKey();
        dev.tollkeeper.testsupport.Database
                .update("UPDATE api_key SET name = 'management admin operator', scopes = (SELECT scopes "
                        + "FROM api_key WHERE name = 'management' AND team_id = ?) WHERE id = ?", team.id(), key.id());
        List<String> refused = new ArrayList<>();
        List<String> all = new ArrayList<>();
        // When
        for (Route route : routes()) {
            all.add(route.name());
            int status = as(key.secret()).body("{}").urlEncodingEnabled(false)
                    .request(Method.valueOf(route.method()), route.filled()).statusCode();
            if (status == 403) {
                refused.add(route.name());
            }
        }
        // Then
        all.removeAll(MEANT_TO_BE_PUBLIC);
        all.removeAll(OPEN_TO_ORDINARY_KEYS);
        assertThat(refused).containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/keys/verify", "/api//keys/verify", "/api/keys/verify/", "/api/keys/verify;x=1",
            "/api;x/keys/verify",
            "/api/keys%3Bx/verify", "/api/%6beys/verify", "/API/KEYS/VERIFY", "/api/./keys/verify", "/api/x/../keys/verify",
            "/api/keys/verify%00", "/api/keys%2Fverify", "/./api/keys/verify", "/q/../api/keys/verify",
            "/api/auth/token/../../keys/verify", "/api/keys/verify%20", "/api/keys/verify.json"})
    void noWayOfWritingAPathOpensIt(String path) {
        for (String name : List.of("forward", "whoami")) {
            // When
            String other = path.replace("keys", "auth").replace("KEYS", "AUTH").replace("%6beys", "%61uth")
                    .replaceAll("(?i)verify", name);
            int status = given().urlEncodingEnabled(false).get(other).statusCode();
            // Then
            assertThat(status).as(other).isIn(400, 401, 404, 405);
        }
        // When
        int status = given().contentType(ContentType.JSON).body(Map.of("key", "x")).urlEncodingEnabled(false).post(path)
                .statusCode();
        // Then
        assertThat(status).isIn(400, 401, 404, 405);
    }

    private static List<Route> routes() {
        Map<String, Map<String, Object>> paths = given().accept("application/json").get("/q/openapi?format=json").then()
                .statusCode(200).extract().path("paths");
        List<Route> routes = new ArrayList<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> Set.of("get", "post", "put", "delete").contains(method))
                .forEach(method -> routes.add(new Route(method.toUpperCase(java.util.Locale.ROOT), path))));
        assertThat(routes).hasSizeGreaterThan(4);
        return routes;
    }
}
