package dev.tollkeeper.audit;

import java.time.Instant;
import java.util.UUID;

import io.vertx.core.buffer.Buffer;

/**
 * What checking an entry's place in the chain takes.
 *
 * @param intact whether the hash is that of the entry's content
 */
record ChainLink(UUID id, long seq, Instant at, Buffer previousHash, Buffer hash, boolean intact) {
}
