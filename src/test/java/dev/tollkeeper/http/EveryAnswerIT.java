package dev.tollkeeper.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import dev.tollkeeper.http.problem.ErrorCode;

/**
 * What the suite has seen the service answer: every call of the API description with each kind of answer it can give, and
 * every error code of the contract.
 */
class EveryAnswerIT {
    private static final Path EVIDENCE = Path.of(System.getProperty("tollkeeper.evidence", "target/evidence"), "answers.txt");
    private static final Path DESCRIPTION = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
    private static final Set<String> PUBLIC = Set.of("POST /api/auth/token", "GET /.well-known/jwks.json");
    /** What anybody with a credential may call. */
    private static final Set<String> NEVER_FORBIDDEN = Set.of("GET /api/auth/whoami");
    /** Calls whose ids or dates stand in no path and whose query takes nothing that could be wrong. */
    private static final Set<String> NOTHING_TO_GET_WRONG = Set.of("GET /api/registry", "GET /api/auth/forward",
            "GET /.well-known/jwks.json");

    private static final Set<String> MAKES_WHAT_IS_NOT_THERE = Set.of("PUT /api/registry/providers/{id}",
            "PUT /api/registry/models/{id}");

    private record Answer(String method, String path, int status, String code) {
        static Answer of(String line) {
            String[] words = line.split(" ");
            return new Answer(words[0], words[1], Integer.parseInt(words[2]), words[3]);
        }
    }

    private final List<Answer> answers;

    EveryAnswerIT() throws IOException {
        answers = Files.readAllLines(EVIDENCE).stream().map(Answer::of).toList();
    }

    @Test
    void everyErrorCodeOfTheContractIsProduced() {
        // When
        Set<String> seen = new TreeSet<>(answers.stream().map(Answer::code).toList());
        // Then
        assertThat(seen).containsAll(Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList());
    }

    @Test
    void everyCallGivesEveryKindOfAnswerItCanGive() throws IOException {
        // Given
        Map<String, Map<String, Map<String, Object>>> paths = paths();
        Set<String> unseen = new LinkedHashSet<>();
        // When
        paths.forEach((path, item) -> item.keySet().stream().filter(METHODS::contains)
                .forEach(method -> expected(method.toUpperCase(java.util.Locale.ROOT), path, item.get(method))
                        .filter(status -> !seen(method, path, status))
                        .forEach(status -> unseen.add(method + ' ' + path + ' ' + status))));
        // Then
        assertThat(unseen).isEmpty();
    }

    private boolean seen(String method, String path, int status) {
        // A model's id may hold a slash.
        String pattern = path.replaceAll("\\{[^}]*}", path.contains("/models/") ? ".+" : "[^/]+");
        return answers.stream()
                .anyMatch(answer -> answer.method().equalsIgnoreCase(method) && answer.status() / 100 == 2 == (status == 200)
                        && (status == 200 || answer.status() == status) && answer.path().matches(pattern));
    }

    private static Stream<Integer> expected(String method, String path, Map<String, Object> operation) {
        String call = method + ' ' + path;
        Set<Integer> statuses = new LinkedHashSet<>(Set.of(200));
        if (!PUBLIC.contains(call)) {
            statuses.add(401);
            if (!NEVER_FORBIDDEN.contains(call)) {
                statuses.add(403);
            }
        }
        boolean takesInput = operation.containsKey("requestBody") || path.contains("{start}");
        if (takesInput && !NOTHING_TO_GET_WRONG.contains(call)) {
            statuses.add(400);
        }
        if (path.contains("id}") && !MAKES_WHAT_IS_NOT_THERE.contains(call)) {
            statuses.add(404);
        }
        return statuses.stream();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Map<String, Object>>> paths() throws IOException {
        Map<String, Object> description = new Yaml().load(Files.readString(DESCRIPTION));
        return (Map<String, Map<String, Map<String, Object>>>) description.get("paths");
    }
}
