package dev.tollkeeper.testsupport;

import java.util.Map;

/** The tests' database behind a wire that can be cut. */
public class RelayedPostgresResource extends PostgresResource {
    private static TcpRelay relay;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = super.start();
        settings.put("tollkeeper.database.url", "postgresql://127.0.0.1:" + relay().port() + "/postgres");
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
