package dev.tollkeeper.time;

/** Dates from outside make no usable range. The message is a sentence for the person who sent them. */
public final class InvalidDateRangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidDateRangeException(String sentence) {
        super(sentence);
    }
}
