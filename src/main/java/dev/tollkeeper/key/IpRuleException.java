package dev.tollkeeper.key;

/** An address rule that is wrong or could be read in two ways. The message tells its author what to write instead. */
public final class IpRuleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int index;

    IpRuleException(int index, String message) {
        super(message);
        this.index = index;
    }

    /** Which rule of the list it is, from 0. For a list that is too long: the first rule too many. */
    public int index() {
        return index;
    }
}
