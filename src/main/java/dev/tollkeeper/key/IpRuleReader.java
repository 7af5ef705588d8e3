package dev.tollkeeper.key;

import java.util.List;
import java.util.regex.Pattern;

import inet.ipaddr.IPAddress;

/** Reads one address rule, or says in a sentence what its author should write instead. */
final class IpRuleReader {

    private static final int MAX_LENGTH = 64;
    private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** What people write that is refused, most telling first. */
    private static final List<Complaint> COMPLAINTS = List.of(
            new Complaint("", "The rule is empty; remove it, or write an address such as 192.0.2.1."),
            new Complaint(".*\\s.*", "Remove the spaces from the rule."),
            new Complaint(".*%.*", "Remove the zone id (the % and what follows it): it means something on one machine only."),
            new Complaint(".*[\\[\\]].*", "Write the address without brackets and without a port."),
            new Complaint(".*[*_,-].*", "Wildcards and ranges are not read; write a block such as 10.0.0.0/8."),
            new Complaint("[0-9]+(\\.[0-9]+){3}|.*:[0-9]+(\\.[0-9]+){3}",
                    "Write each part of the IPv4 address as a decimal number from 0 to 255"
                            + " without leading zeros: some programs read them as octal."),
            new Complaint("(0[xX])?[0-9a-fA-F]+(\\.(0[xX])?[0-9a-fA-F]+)*",
                    "Write the IPv4 address as four decimal numbers, such as 192.0.2.1."));

    private static final String NOT_AN_ADDRESS = "This is not an IP address;"
            + " write one such as 192.0.2.1 or 2001:db8::1, or a block such as 10.0.0.0/8.";

    private final int index;
    private final String rule;

    /**
     * @param index the rule's place in its list, for the error
     * @param rule as it was written; null counts as empty
     */
    IpRuleReader(int index, String rule) {
        this.index = index;
        this.rule = rule == null ? "" : rule;
    }

    /**
     * The block the rule stands for; a single address is a block of one.
     *
     * @throws IpRuleException if it is anything but one unambiguous address or block
     */
    IPAddress read() {
        if (rule.length() > MAX_LENGTH) {
            throw refusal("The rule is longer than " + MAX_LENGTH + " characters; write one address or block.");
        }
        int slash = rule.indexOf('/');
        if (slash < 0) {
            return IpAddresses.unmapped(address(rule));
        }
        return IpAddresses.unmapped(block(address(rule.substring(0, slash)), rule.substring(slash + 1)));
    }

    private IPAddress address(String text) {
        return IpAddresses.parseAsWritten(text).orElseThrow(() -> refusal(complaintAbout(text)));
    }

    private IPAddress block(IPAddress address, String writtenLength) {
        int length = prefixLength(writtenLength, address.getBitCount());
        var block = address.toPrefixBlock(length);
        if (!block.getLower().equals(address)) {
            throw refusal("The address has bits set after its prefix; write " + canonical(block)
                    + " for the block, or " + canonical(address) + " for the one address.");
        }
        return block;
    }

    private int prefixLength(String written, int bits) {
        if (!PREFIX_LENGTH.matcher(written).matches() || Integer.parseInt(written) > bits) {
            throw refusal("After the slash write a plain number from 0 to " + bits
                    + ", such as /" + bits / 2 + "; netmasks, signs and leading zeros are not read.");
        }
        return Integer.parseInt(written);
    }

    private IpRuleException refusal(String sentence) {
        return new IpRuleException(index, sentence);
    }

    private static String canonical(IPAddress address) {
        return IpAddresses.unmapped(address).toCanonicalString();
    }

    private static String complaintAbout(String text) {
        return COMPLAINTS.stream()
                .filter(complaint -> complaint.appliesTo(text))
                .map(Complaint::sentence)
                .findFirst()
                .orElse(NOT_AN_ADDRESS);
    }

    private record Complaint(Pattern pattern, String sentence) {

        Complaint(String pattern, String sentence) {
            this(Pattern.compile(pattern, Pattern.DOTALL), sentence);
        }

        boolean appliesTo(String text) {
            return pattern.matcher(text).matches();
        }
    }
}
