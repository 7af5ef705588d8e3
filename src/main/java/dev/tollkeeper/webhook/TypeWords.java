package dev.tollkeeper.webhook;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.tollkeeper.http.problem.DomainError;

/** Reads the field {@code types}. */
final class TypeWords {
    private static final String FIELD = "types";

    private TypeWords() {
    }

    /**
     * The words, each once, in the order of the contract.
     *
     * @throws DomainError naming the field
     */
    static List<String> read(List<String> sent) {
        Set<String> words = new HashSet<>(sent);
        List<String> known = WebhookType.choices().stream().map(WebhookType::word).filter(words::remove).toList();
        if (known.isEmpty() || !words.isEmpty()) {
            throw DomainError.invalidField(FIELD, "must be one or more of " + WebhookType.choices().stream()
                    .map(WebhookType::word).collect(Collectors.joining(", ")));
        }
        return known;
    }
}
