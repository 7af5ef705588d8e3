package dev.tollkeeper.key;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import inet.ipaddr.IPAddress;

/**
 * The addresses a key may be used from: addresses and CIDR blocks (RFC 4632, RFC 4291), IPv4 and IPv6. No rules at all
 * means from everywhere.
 * <p>
 * The two families are apart: {@code ::/0} is every IPv6 address and no IPv4 one. An IPv4-mapped IPv6 address or block
 * is the IPv4 one, in rules and in what is compared with them.
 */
public final class IpRules {

    /** How many rules a key may have, before duplicates are dropped. */
    public static final int MAX_RULES = 100;

    private final List<String> canonical;

    /** The same addresses in the fewest blocks, so that a block they cover together lies within one of them. */
    private final List<IPAddress> merged;

    private IpRules(List<IPAddress> blocks) {
        this.canonical = blocks.stream().map(IpRules::canonical).distinct().toList();
        this.merged = Stream.concat(
                merge(blocks.stream().filter(IPAddress::isIPv4).toList()),
                merge(blocks.stream().filter(IPAddress::isIPv6).toList()))
                .toList();
    }

    /**
     * Reads a key's rules.
     *
     * @throws IpRuleException for the first rule that is not one unambiguous address or block, and for more than
     *         {@link #MAX_RULES} of them
     */
    public static IpRules parse(List<String> rules) {
        return parse(rules, MAX_RULES);
    }

    /**
     * Reads a list of addresses and blocks that has a limit of its own.
     *
     * @param limit how many it may have, before duplicates are dropped
     * @throws IpRuleException as {@link #parse(List)}
     */
    public static IpRules parse(List<String> rules, int limit) {
        if (rules.size() > limit) {
            throw new IpRuleException(limit, "There may be at most " + limit
                    + " rules; join addresses that lie together into blocks.");
        }
        return new IpRules(IntStream.range(0, rules.size())
                .mapToObj(index -> new IpRuleReader(index, rules.get(index)).read())
                .toList());
    }

    /** The rules in their one canonical text (RFC 5952 for IPv6), without duplicates, in the order given. */
    public List<String> canonical() {
        return canonical;
    }

    /** Whether there are no rules, so that every address is allowed. */
    public boolean isEmpty() {
        return canonical.isEmpty();
    }

    /**
     * Whether the key may be used from an address.
     *
     * @param address one address, or null where it is not known, which only an empty list allows
     */
    public boolean allows(IPAddress address) {
        return isEmpty() || (address != null && covers(IpAddresses.unmapped(address)));
    }

    /**
     * Whether the key may be used from an address.
     *
     * @param address one address as text; null, or text that {@link IpAddresses#parseStrict} does not read, only an
     *        empty list allows
     */
    public boolean allows(String address) {
        return isEmpty() || allows(IpAddresses.parseStrict(address).orElse(null));
    }

    /**
     * Whether every address that these rules allow is allowed by the wider ones too, by one of them or by several
     * together.
     */
    public boolean within(IpRules wider) {
        if (wider.isEmpty()) {
            return true;
        }
        return !isEmpty() && merged.stream().allMatch(wider::covers);
    }

    /** The canonical texts. */
    @Override
    public String toString() {
        return canonical.toString();
    }

    private boolean covers(IPAddress addressOrBlock) {
        return merged.stream().anyMatch(block -> block.contains(addressOrBlock));
    }

    private static Stream<IPAddress> merge(List<IPAddress> oneFamily) {
        if (oneFamily.isEmpty()) {
            return Stream.empty();
        }
        var others = oneFamily.subList(1, oneFamily.size());
        return Stream.of(oneFamily.get(0).mergeToPrefixBlocks(others.toArray(IPAddress[]::new)));
    }

    private static String canonical(IPAddress block) {
        return block.isMultiple() ? block.toCanonicalString() : block.withoutPrefixLength().toCanonicalString();
    }
}
