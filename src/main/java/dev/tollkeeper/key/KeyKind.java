package dev.tollkeeper.key;

/** What a key is for; its secret says so in its first characters. */
public enum KeyKind {

    /** Presented to the paid API by a team's customers and programs; manages nothing. */
    ORDINARY("tk_"),

    /** Calls the management endpoints, as far as its scopes go. */
    MANAGEMENT("tkm_");

    private final String prefix;

    KeyKind(String prefix) {
        this.prefix = prefix;
    }

    /** What every secret of this kind starts with. Neither kind's prefix starts with the other's. */
    public String prefix() {
        return prefix;
    }
}
