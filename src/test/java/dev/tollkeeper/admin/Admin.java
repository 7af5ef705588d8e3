package dev.tollkeeper.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.tollkeeper.testsupport.Evidence;
import dev.tollkeeper.testsupport.PackagedService;
import io.restassured.path.json.JsonPath;

/** The operator at a shell: runs the packaged program's commands. */
public final class Admin {
    private static final int PATIENCE_SECONDS = 120;

    private final Path directory;
    private final Map<String, String> environment;

    /** One who works in this directory with these settings. */
    public Admin(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** What a command printed, and how it ended. */
    public record Ended(int exit, String out, String err) {
        /** That it ended so; a person never sees a stack trace. */
        public Ended with(int expected) {
            assertThat(exit).as(out + err).isEqualTo(expected);
            assertThat(err + out).doesNotContain("\tat ", "Exception");
            return this;
        }

        /** What it printed with {@code --json}. */
        public JsonPath json() {
            return JsonPath.from(out);
        }
    }

    /** Runs {@code admin} with these words. */
    public Ended run(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "command", ".out");
        Path err = Files.createTempFile(directory, "command", ".err");
        List<String> command = new ArrayList<>(PackagedService.program());
        command.add(AdminCommandLine.NAME);
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(Redirect.to(out.toFile()))
                .redirectError(Redirect.to(err.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("TOLLKEEPER_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", words) + " still runs");
        }
        Evidence.append("packaged.log", Files.readString(err));
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
