package dev.tollkeeper.testsupport;

import java.time.Duration;
import java.util.Map;

/** The tests' database behind a wire that can be cut. */
public class RelayedPostgresResource extends PostgresResource {
    /** How long the tested service may go on without its database. */
    public static final Duration MAX_STALE = Duration.ofSeconds(3);

    private static TcpRelay relay;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = super.start();
        settings.put("tollkeeper.database.url", "postgresql://127.0.0.1:" + relay().port() + "/postgres");
        // Short, so that tests can wait for their end.
        settings.put("tollkeeper.cache.max-age", "300ms");
        settings.put("tollkeeper.cache.max-stale", MAX_STALE.toString());
        settings.put("tollkeeper.cache.lookup-timeout", "1s");
        settings.put("tollkeeper.database.connect-timeout", "1s");
        settings.put("tollkeeper.database.request-timeout", "3s");
        return settings;
    }

    /** After the database that the other tests share, whose address this one replaces. */
    @Override
    public int order() {
        return super.order() + 1;
    }

    /** The wire. */
    public static synchronized TcpRelay relay() {
        if (relay == null) {
            relay = new TcpRelay(server().getPort());
        }
        return relay;
    }
}
