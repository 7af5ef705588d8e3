package dev.tollkeeper.key;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A key and its new secret, which is told this once.
 *
 * @param secret the text that a client sends
 */
@RegisterForReflection
record IssuedKey(KeyDetails key, String secret) {
    @Override
    public String toString() {
        return "IssuedKey[" + key.id() + "]";
    }
}
