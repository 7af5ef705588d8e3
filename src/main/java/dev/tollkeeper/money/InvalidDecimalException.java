package dev.tollkeeper.money;

/** Text from outside is not an acceptable decimal. The message is a sentence for the person who sent it. */
public final class InvalidDecimalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidDecimalException(String sentence) {
        super(sentence);
    }
}
