package dev.tollkeeper.admin;

import java.util.Map;

/**
 * What came of a command.
 *
 * @param exit the process's exit code
 * @param words for a person
 * @param json the same for a program, as it is printed with {@code --json}
 */
public record Outcome(int exit, String words, Map<String, ?> json) {
    /** Done. */
    public static final int DONE = 0;
    /** It failed: the database, say, cannot be reached. */
    public static final int FAILED = 1;
    /** The arguments cannot be taken; picocli's own code for that. */
    public static final int WRONG_ARGUMENTS = 2;
    /** Nothing was done since something would be lost; or what was looked for, an error in the books, was found. */
    public static final int REFUSED = 3;

    /** It was done. */
    public static Outcome done(String words, Map<String, ?> json) {
        return new Outcome(DONE, words, json);
    }

    /** It was not done, or what it looked for was found. */
    public static Outcome refused(String words, Map<String, ?> json) {
        return new Outcome(REFUSED, words, json);
    }
}
