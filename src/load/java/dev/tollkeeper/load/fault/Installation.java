package dev.tollkeeper.load.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.tollkeeper.testsupport.FaultyPostgres;
import dev.tollkeeper.testsupport.PackagedService;
import dev.tollkeeper.testsupport.RedisServer;
import dev.tollkeeper.testsupport.Replicas;
import dev.tollkeeper.testsupport.TcpRelay;

/** Two Tollkeepers behind HAProxy, one PostgreSQL, one Redis, and the wire to the database. */
final class Installation implements AutoCloseable {
    private final Path directory;
    private final Path data;
    private final FaultyPostgres postgres;
    private final TcpRelay wire;
    private final RedisServer redis;
    private final Map<String, String> settings;
    private final PackagedService[] services = new PackagedService[2];
    private final int[] ports = new int[2];
    private final Optional<FakeTime> fakeTime;
    private Haproxy haproxy;

    private Installation(Path directory, Path data, FaultyPostgres postgres, Optional<FakeTime> fakeTime) throws IOException {
        this.directory = directory;
        this.data = data;
        this.postgres = postgres;
        this.wire = new TcpRelay(postgres.port());
        this.redis = new RedisServer(directory).start();
        this.fakeTime = fakeTime;
        this.settings = Map.of("TOLLKEEPER_REDIS_URL", redis.url(), "TOLLKEEPER_SHUTDOWN_DELAY", "5s",
                "TOLLKEEPER_KEYS_LIMIT_PER_PROJECT", "1000000");
    }

    /**
     * Starts all of it.
     *
     * @param data where the database's files are
     * @param fakeTime the first service's clock, if it is to be moved: it costs a good part of its speed
     */
    static Installation start(Path directory, Path data, Map<String, String> postgresSettings, Optional<FakeTime> fakeTime)
            throws IOException {
        Installation installation = new Installation(directory, data, FaultyPostgres.start(data, postgresSettings), fakeTime);
        for (int i = 0; i < installation.services.length; i++) {
            installation.ports[i] = PackagedService.freePort();
            installation.launch(i);
            installation.services[i].awaitReady();
        }
        installation.haproxy = Haproxy.before(directory, installation.ports[0], installation.ports[1]);
        installation.haproxy.awaitBothUp();
        return installation;
    }

    /** Starts one of the services, without waiting for it. */
    void launch(int service) throws IOException {
        Map<String, String> environment = new HashMap<>(Replicas.environment(wire.port(), settings));
        environment.put(PackagedService.PORT, Integer.toString(ports[service]));
        if (service == 0) {
            fakeTime.map(FakeTime::environment).ifPresent(environment::putAll);
        }
        services[service] = PackagedService.launch(directory, environment);
    }

    PackagedService service(int which) {
        return services[which];
    }

    int services() {
        return services.length;
    }

    /** Where the database's files are. */
    Path data() {
        return data;
    }

    FaultyPostgres postgres() {
        return postgres;
    }

    TcpRelay wire() {
        return wire;
    }

    RedisServer redis() {
        return redis;
    }

    Haproxy haproxy() {
        return haproxy;
    }

    FakeTime fakeTime() {
        return fakeTime.orElseThrow();
    }

    @Override
    public void close() throws Exception {
        haproxy.close();
        for (PackagedService service : services) {
            service.kill();
        }
        wire.cut();
        redis.close();
        postgres.close();
    }
}
