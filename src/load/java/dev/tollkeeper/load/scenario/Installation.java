package dev.tollkeeper.load.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import dev.tollkeeper.load.stage.Stage;
import dev.tollkeeper.testsupport.PackagedService;

/** The Tollkeeper that is asked: one that runs already, or the packaged one with an embedded PostgreSQL, started for this. */
final class Installation implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "load").toAbsolutePath();

    private final String url;
    private final Keys keys;
    private final Stage stage;
    private final PackagedService service;

    private Installation(String url, Keys keys, Stage stage, PackagedService service) {
        this.url = url;
        this.keys = keys;
        this.stage = stage;
        this.service = service;
    }

    /** The one that the settings tell of. */
    static Installation ready() throws Exception {
        String target = Settings.text("target");
        return target.isEmpty() ? own() : new Installation(target, Keys.read(Path.of(Settings.text("target.keys"))), null, null);
    }

    private static Installation own() throws Exception {
        Stage stage = Stage.of(DIRECTORY, Settings.number("load.keys"), Settings.number("load.in-use"));
        Keys keys = Revocations.of(stage);
        PackagedService service = stage.tollkeeper(Map.of());
        // A run that is broken off must not leave it behind. PostgreSQL ends itself.
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        service.awaitReady();
        return new Installation(service.url(""), keys, stage, service);
    }

    String url() {
        return url;
    }

    Keys keys() {
        return keys;
    }

    Memory memory() {
        return new Memory(url, service == null ? null : service.handle());
    }

    /** Ends what was started for this. */
    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
            stage.close();
        }
    }
}
