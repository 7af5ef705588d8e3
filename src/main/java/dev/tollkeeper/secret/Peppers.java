package dev.tollkeeper.secret;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The installation's peppers, the newest first ({@code TOLLKEEPER_KEY_PEPPERS}). The newest makes, all of them read: so
 * a pepper is replaced by putting a new one in front, with no key re-issued.
 */
@Singleton
public class Peppers {
    private final List<Pepper> newestFirst;

    Peppers(@ConfigProperty(name = "tollkeeper.key-peppers") List<String> newestFirst) {
        this.newestFirst = parse(newestFirst);
    }

    /**
     * Reads peppers from configuration.
     *
     * @throws IllegalArgumentException with a sentence that says what to set
     */
    public static List<Pepper> parse(List<String> texts) {
        List<Pepper> peppers = texts.stream().map(String::strip).map(Peppers::checked).map(Pepper::new).toList();
        if (peppers.isEmpty()) {
            throw new IllegalArgumentException("Set TOLLKEEPER_KEY_PEPPERS to a random text of at least " + Pepper.MIN_LENGTH
                    + " characters, for example the output of: openssl rand -hex 32");
        }
        return peppers;
    }

    private static String checked(String text) {
        boolean sample = text.toLowerCase(java.util.Locale.ROOT)
                .matches(".*(change.?me|example|sample|secret|pepper|password).*");
        if (text.length() < Pepper.MIN_LENGTH || sample || text.chars().distinct().count() < 8) {
            throw new IllegalArgumentException("TOLLKEEPER_KEY_PEPPERS holds a value that is too short, too plain or a sample. "
                    + "Set it to a random text of at least " + Pepper.MIN_LENGTH
                    + " characters, for example the output of: openssl rand -hex 32");
        }
        return text;
    }

    /** The pepper that new digests and seals are made under. */
    public Pepper newest() {
        return newestFirst.get(0);
    }

    /** Every pepper, the newest first. */
    public Stream<Pepper> all() {
        return newestFirst.stream();
    }

    /** The pepper of this id, if it is still configured. */
    public Optional<Pepper> byId(String id) {
        return all().filter(pepper -> pepper.id().equals(id)).findFirst();
    }
}
