package dev.tollkeeper.audit;

import java.util.List;

import io.vertx.core.buffer.Buffer;

/** Walks a chain link by link, and remembers the first that is broken. Holds no more than where it is. */
final class ChainWalk {
    private static final int HASH_BYTES = 32;

    private final long headSeq;
    private final Buffer headHash;
    private long seq;
    private Buffer hash = Buffer.buffer(new byte[HASH_BYTES]);
    private ChainVerdict.BrokenLink broken;
    private boolean ended;

    /** A walk that should end with this entry; 0 for a chain that has none. */
    ChainWalk(long headSeq, Buffer headHash) {
        this.headSeq = headSeq;
        this.headHash = headHash;
    }

    /** Up to where the chain was found whole: the number to go on after. */
    long seq() {
        return seq;
    }

    /** Whether there is more to look at. */
    boolean goesOn() {
        return broken == null && !ended;
    }

    /** Goes on over the next links, in order; none means that the chain ends here. */
    void over(List<ChainLink> links) {
        if (links.isEmpty()) {
            end();
        }
        for (ChainLink link : links) {
            if (broken == null) {
                step(link);
            }
        }
    }

    private void step(ChainLink link) {
        long expected = seq + 1;
        if (link.seq() > headSeq || link.seq() < expected) {
            breakAt(link, "This entry was added past the service: the chain does not reach to it.");
        } else if (link.seq() > expected) {
            missing(expected);
        } else if (!link.intact()) {
            breakAt(link, "This entry was changed: its hash is not that of its content.");
        } else if (!link.previousHash().equals(hash)) {
            breakAt(link, "This entry does not follow the one before it: one of the two was replaced.");
        } else if (link.seq() == headSeq && !link.hash().equals(headHash)) {
            breakAt(link, "This entry was replaced: it is not the one that the chain ends with.");
        } else {
            seq = link.seq();
            hash = link.hash();
        }
    }

    private void end() {
        ended = true;
        if (seq < headSeq) {
            missing(seq + 1);
        }
    }

    private void missing(long number) {
        broken = new ChainVerdict.BrokenLink(null, number, null,
                "This entry was removed: the chain goes on to " + headSeq + ".");
    }

    private void breakAt(ChainLink link, String reason) {
        broken = new ChainVerdict.BrokenLink(link.id(), link.seq(), link.at(), reason);
    }

    /** What came of it. */
    ChainVerdict verdict() {
        return new ChainVerdict(broken == null, seq, broken);
    }
}
