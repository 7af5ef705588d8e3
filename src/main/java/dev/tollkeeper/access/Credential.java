package dev.tollkeeper.access;

/** What a request presents to say who calls. */
sealed interface Credential {
    /** The text as presented. */
    String text();

    /** An API key, well-formed or not. */
    record Key(String text) implements Credential {
        @Override
        public String toString() {
            return "Key[…]";
        }
    }

    /** A user token. */
    record Token(String text) implements Credential {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }
}
