package dev.tollkeeper.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real Redis or Valkey on free ports of 127.0.0.1, plain and with TLS. It keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {
    /** What clients have to know. */
    public static final String PASSWORD = "s3cret/of redis";
    private static final String PASSWORD_IN_URL = "s3cret%2Fof%20redis";

    private final Path directory;
    private final String program;
    private final int port;
    private final int tlsPort;
    private Process process;

    /** A server that is not started yet. Without the program on this machine the test is skipped. */
    public RedisServer(Path directory) throws IOException {
        this.directory = directory;
        this.program = installed();
        this.port = PackagedService.freePort();
        this.tlsPort = PackagedService.freePort();
        makeCertificate();
    }

    private static String installed() {
        return Program.installed("redis-server", "valkey-server").findFirst().map(Path::toString)
                .orElseGet(() -> Assumptions.abort("neither redis-server nor valkey-server is installed"));
    }

    /** Starts it, and waits until it answers. */
    public RedisServer start() throws IOException {
        process = new ProcessBuilder(program, "--port", Integer.toString(port), "--tls-port", Integer.toString(tlsPort),
                "--bind", "127.0.0.1", "--requirepass", PASSWORD, "--save", "", "--appendonly", "no", "--dir",
                directory.toString(), "--tls-cert-file", authority().toString(), "--tls-key-file",
                directory.resolve("redis-key.pem").toString(), "--tls-auth-clients", "no").redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile()).start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .failFast("redis ended: " + directory.resolve("redis.log"), () -> !process.isAlive())
                .until(() -> Servers.takesConnections(port));
        return this;
    }

    /** Its address. */
    public String url() {
        return "redis://:" + PASSWORD_IN_URL + "@127.0.0.1:" + port;
    }

    /** Its address for those who use TLS; its certificate is of {@link #authority()}. */
    public String tlsUrl() {
        return "rediss://default:" + PASSWORD_IN_URL + "@127.0.0.1:" + tlsPort + "/0";
    }

    /** The certificate to trust, as PEM. */
    public Path authority() {
        return directory.resolve("redis-certificate.pem");
    }

    /** Gives a command, as an operator does; what it answers. */
    public String command(String... words) {
        try {
            List<String> line = new ArrayList<>(List.of(program.replace("-server", "-cli"), "-p", Integer.toString(port)));
            line.addAll(Arrays.asList(words));
            ProcessBuilder builder = new ProcessBuilder(line);
            builder.environment().put("REDISCLI_AUTH", PASSWORD);
            Process command = builder.start();
            try (InputStream output = command.getInputStream()) {
                return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops its clock: it takes connections and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@code kill -9} does; everything it counted is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    private void makeCertificate() throws IOException {
        Path store = directory.resolve("redis.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "redis", "-keyalg", "EC", "-dname", "CN=redis", "-ext", "san=ip:127.0.0.1",
                "-validity",
                "2", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD)
                .redirectErrorStream(true).redirectOutput(directory.resolve("keytool.log").toFile()).start();
        try (InputStream made = Files.newInputStream(await(keytool, store))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(made, PASSWORD.toCharArray());
            pem("redis-certificate.pem", "CERTIFICATE", keys.getCertificate("redis").getEncoded());
            pem("redis-key.pem", "PRIVATE KEY", keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path await(Process process, Path result) throws IOException {
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool made no " + result);
            }
            return result;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private void pem(String name, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content);
        Files.writeString(directory.resolve(name),
                "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }
}
