package dev.tollkeeper.testsupport;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Two instances of the packaged service, 0 and 1, on one database. Between it and instance 1 is a wire to be cut. */
public final class Replicas implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final TcpRelay wire;
    private final PackagedService first;
    private final PackagedService second;

    private Replicas(EmbeddedPostgres postgres, TcpRelay wire, PackagedService first, PackagedService second) {
        this.postgres = postgres;
        this.wire = wire;
        this.first = first;
        this.second = second;
    }

    /** Starts them with these settings besides what every installation needs. */
    public static Replicas start(Path directory, Map<String, String> settings) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        TcpRelay wire = new TcpRelay(postgres.getPort());
        PackagedService first = PackagedService.launch(directory, environment(postgres.getPort(), settings));
        PackagedService second = PackagedService.launch(directory, environment(wire.port(), settings));
        Replicas replicas = new Replicas(postgres, wire, first, second);
        try {
            first.awaitReady();
            second.awaitReady();
            return replicas;
        } catch (RuntimeException failed) {
            replicas.close();
            throw failed;
        }
    }

    /** The environment of an instance whose database is behind this port; these settings count before the usual ones. */
    public static Map<String, String> environment(int databasePort, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TOLLKEEPER_DATABASE_URL", "postgresql://127.0.0.1:" + databasePort + "/postgres");
        environment.put("TOLLKEEPER_DATABASE_USERNAME", "postgres");
        environment.put("TOLLKEEPER_DATABASE_PASSWORD", "postgres");
        environment.put("TOLLKEEPER_KEY_PEPPERS", TestSettings.PEPPER);
        environment.put("TOLLKEEPER_BOOTSTRAP_ADMIN_EMAIL", TestSettings.OPERATOR_EMAIL);
        environment.put("TOLLKEEPER_BOOTSTRAP_ADMIN_PASSWORD", TestSettings.PASSWORD);
        environment.put("TOLLKEEPER_BOOTSTRAP_MANAGEMENT_KEY", TestSettings.BOOTSTRAP_KEY);
        environment.putAll(settings);
        return environment;
    }

    /** The database. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** What lies between the database and instance 1. */
    public TcpRelay wire() {
        return wire;
    }

    /** Where something is found on an instance; any even number is the first. */
    public String url(int instance, String path) {
        return (instance % 2 == 0 ? first : second).url(path);
    }

    /** Where an instance listens. */
    public int port(int instance) {
        return (instance % 2 == 0 ? first : second).port();
    }

    /** A request of the default project's management key. */
    public static RequestSpecification management() {
        return given().header("Authorization", "Bearer " + TestSettings.BOOTSTRAP_KEY).contentType(ContentType.JSON);
    }

    /** A request of the operator. */
    public RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + operatorToken()).contentType(ContentType.JSON);
    }

    /** A new token of the operator's. */
    public String operatorToken() {
        return operatorToken(port(0));
    }

    /** Sets a price of the meter {@code calls} in euro from long ago on, at the service on this port. */
    public static void setPrice(int port, String unitPrice) {
        given().contentType(ContentType.JSON).header("Authorization", "Bearer " + operatorToken(port))
                .body(Map.of("meter", "calls", "type", "per_unit", "currency", "EUR", "unit_price", unitPrice, "effective_from",
                        "2020-01-01T00:00:00Z"))
                .post("http://127.0.0.1:" + port + "/api/prices").then().statusCode(201);
    }

    /** A new token of the operator's, of the service on this port. */
    public static String operatorToken(int port) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", TestSettings.OPERATOR_EMAIL, "password", TestSettings.PASSWORD))
                .post("http://127.0.0.1:" + port + "/api/auth/token").path("access_token");
    }

    /** Makes a key by way of the first instance. */
    public Response create(String name, Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>(settings);
        body.put("name", name);
        Response created = management().body(body).post(url(0, "/api/manage/api-keys"));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        SecretRecorder.note(created.asString());
        return created;
    }

    /** The names of the keys that are listed. */
    public List<String> keyNames() {
        return management().get(url(0, "/api/manage/api-keys")).path("api_keys.name");
    }

    @Override
    public void close() throws IOException {
        wire.thaw();
        second.close();
        first.close();
        wire.cut();
        postgres.close();
    }
}
