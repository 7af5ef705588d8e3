package dev.tollkeeper.audit;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What came of walking a chain.
 *
 * @param entries how many entries are as they were written: all of them, or those before the first broken link
 * @param firstBroken null where the chain is whole
 */
@Schema(name = "AuditChainVerdict")
record ChainVerdict(boolean valid, long entries, BrokenLink firstBroken) {
    /**
     * The first place where the chain is not as it was written.
     *
     * @param id the entry there; null where it is missing
     * @param seq its number in the chain, from 1
     * @param at when it was written; null where it is missing
     */
    @Schema(name = "AuditBrokenLink")
    record BrokenLink(UUID id, long seq, Instant at, String reason) {
    }
}
