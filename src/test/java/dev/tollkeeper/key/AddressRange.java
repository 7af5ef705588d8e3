package dev.tollkeeper.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The model that {@link IpRules} is compared with: a block as its first and last number, with no address library.
 *
 * @param bits 32 or 128
 */
record AddressRange(int bits, BigInteger first, BigInteger last) {

    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff).shiftLeft(32);

    /** A block of the upper {@code prefix} bits of a number. */
    static AddressRange block(int bits, BigInteger number, int prefix) {
        var first = number.shiftRight(bits - prefix).shiftLeft(bits - prefix);
        return new AddressRange(bits, first, first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE));
    }

    boolean contains(AddressRange other) {
        return bits == other.bits && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
    }

    /** The same numbers in ranges that neither touch nor overlap. */
    static List<AddressRange> joined(List<AddressRange> ranges) {
        var sorted = ranges.stream().sorted(Comparator.comparing(AddressRange::bits).thenComparing(AddressRange::first));
        var joined = new ArrayList<AddressRange>();
        sorted.forEachOrdered(next -> {
            var before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before == null || before.bits != next.bits
                    || next.first.compareTo(before.last.add(BigInteger.ONE)) > 0) {
                joined.add(next);
            } else {
                joined.set(joined.size() - 1, new AddressRange(next.bits, before.first, before.last.max(next.last)));
            }
        });
        return joined;
    }

    /** The block as a person might write it: as a rule, or as an address where it is a single one. */
    String written(Random random) {
        int prefix = bits - last.subtract(first).bitLength();
        boolean mapped = bits == 32 && random.nextInt(4) == 0;
        var address = mapped ? ipv6(first.add(MAPPED), random) : bits == 32 ? ipv4(first) : ipv6(first, random);
        boolean single = prefix == bits && random.nextBoolean();
        return single ? address : address + "/" + (mapped ? prefix + 96 : prefix);
    }

    /** A single address as a person might write it. */
    String writtenAddress(Random random) {
        return written(random).replaceAll("/.*", "");
    }

    /** The first address in full, never as a mapped one. */
    String plainAddress() {
        return bits == 32 ? ipv4(first) : groups(first, "%x", 8);
    }

    private static String ipv4(BigInteger number) {
        return IntStream.of(24, 16, 8, 0)
                .mapToObj(shift -> "" + (number.intValue() >>> shift & 0xff))
                .collect(Collectors.joining("."));
    }

    private static String ipv6(BigInteger number, Random random) {
        var format = List.of("%x", "%X", "%04x").get(random.nextInt(3));
        boolean dotted = random.nextInt(4) == 0;
        var text = dotted ? groups(number, format, 6) + ":" + ipv4(number) : groups(number, format, 8);
        return random.nextBoolean() ? text.replaceFirst("(^|:)0+(:0+)+:", "::") : text;
    }

    private static String groups(BigInteger number, String format, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(format, number.shiftRight(112 - 16 * i).intValue() & 0xffff))
                .collect(Collectors.joining(":"));
    }
}
