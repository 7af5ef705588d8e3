package dev.tollkeeper.access;

import java.util.List;

import dev.tollkeeper.key.IpRules;
import inet.ipaddr.IPAddress;

/** The proxies whose word on a client's address is taken. With none named, nobody's is. */
public final class TrustedProxies {

    /** More than a key's rules: the published ranges of a content network run to some hundreds. */
    private static final int MAX_BLOCKS = 1000;

    private final IpRules blocks;

    private TrustedProxies(IpRules blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads addresses and CIDR blocks, at most 1000, as strictly as a key's rules.
     *
     * @throws dev.tollkeeper.key.IpRuleException for one that is wrong or ambiguous
     */
    public static TrustedProxies parse(List<String> blocks) {
        return new TrustedProxies(IpRules.parse(blocks, MAX_BLOCKS));
    }

    /** Whether the address is a trusted proxy's. */
    public boolean trusts(IPAddress address) {
        // An empty list of rules allows everybody; an empty list of proxies trusts nobody.
        return !blocks.isEmpty() && blocks.allows(address);
    }
}
