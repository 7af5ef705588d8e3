package dev.tollkeeper.key;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import dev.tollkeeper.caller.Scope;
import dev.tollkeeper.http.problem.DomainError;

/** The scopes of a key: words of {@link Scope} for a management key, for an ordinary one the paid API's own. */
final class KeyScopes {
    private static final int MOST = 100;
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,100}");
    private static final List<String> ALL = Arrays.stream(Scope.values()).map(Scope::word).toList();

    private KeyScopes() {
    }

    /**
     * The scopes that a key gets.
     *
     * @param words as they were sent; null for the default, which is all for a management key and none for an ordinary one
     */
    static List<String> of(List<String> words, boolean managementKey) {
        if (words == null) {
            return managementKey ? ALL : List.of();
        }
        if (words.size() > MOST) {
            throw DomainError.invalidField("scopes", "may hold at most " + MOST + " words");
        }
        if (managementKey && words.isEmpty()) {
            throw DomainError.invalidField("scopes", "cannot be empty for a management key: name the scopes that it needs, or "
                    + "leave scopes out to give it all");
        }
        for (int index = 0; index < words.size(); index++) {
            check(words.get(index), "scopes[" + index + "]", managementKey);
        }
        return words.stream().distinct().toList();
    }

    private static void check(String word, String field, boolean managementKey) {
        if (word == null || !WORD.matcher(word).matches()) {
            throw DomainError.invalidField(field, "must be 1 to 100 visible ASCII characters without blanks");
        }
        if (managementKey && Scope.of(word).isEmpty()) {
            throw DomainError.invalidField(field, "is no scope of a management key. These are: " + String.join(", ", ALL));
        }
    }
}
