package dev.tollkeeper.time;

/** Text from outside names no time zone. The message is a sentence for the person who sent it. */
public final class InvalidZoneException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidZoneException(String sentence) {
        super(sentence);
    }
}
