package dev.tollkeeper.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;

/** Somebody who is told things over TLS, with a certificate of the test's own for one name. */
final class TlsReceiver implements AutoCloseable {
    private static final String PASSWORD = "for this test alone";

    private final HttpsServer server;
    private final Path keys;
    private final List<String> askedFor = new CopyOnWriteArrayList<>();

    TlsReceiver(Path directory, String name) {
        try {
            keys = directory.resolve(name + ".p12");
            certify(name);
            server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context()));
            server.createContext("/", exchange -> {
                ((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession()).getRequestedServerNames()
                        .forEach(asked -> askedFor.add(((SNIHostName) asked).getAsciiName()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        } catch (IOException | GeneralSecurityException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void certify(String name) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg", "EC", "-alias", "test", "-dname", "CN=test", "-ext", "san=dns:" + name, "-storetype", "PKCS12",
                "-keystore", keys.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Options of a client that trusts this one's certificate. */
    io.vertx.core.http.HttpClientOptions trusting() {
        return new io.vertx.core.http.HttpClientOptions()
                .setTrustOptions(new io.vertx.core.net.PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The names that clients asked for (SNI), of those whose requests came in. */
    List<String> askedFor() {
        return askedFor;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
