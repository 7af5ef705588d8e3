package dev.tollkeeper.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.RandomCases;

class IpRulesProperties {

    private static final int CASES = 5_000;

    /** Where the cases lie: so few addresses that blocks often meet, nest and join, and at the edges of each family. */
    private static final List<BigInteger> IPV4_BASES = Stream.of("0", "0a000000", "c0000200", "fffffff0")
            .map(hex -> new BigInteger(hex, 16)).toList();
    private static final List<BigInteger> IPV6_BASES = Stream.of("0", "20010db8000000000000000000000000",
            "000000000000000000000000c0000200", "fffffffffffffffffffffffffffffff0")
            .map(hex -> new BigInteger(hex, 16)).toList();

    // Seen to fail with the IPv6 blocks left out of the merged ones, and with a mapped address left as IPv6.
    @Test
    void an_address_is_allowed_when_the_model_has_it_in_a_range() {
        RandomCases.check(CASES, random -> {
            var ranges = anyRanges(random, 12);
            var address = anyRange(random, true);
            var rules = IpRules.parse(written(ranges, random));

            var allowed = rules.allows(address.writtenAddress(random));

            assertThat(allowed)
                    .as("%s allow %s", ranges, address)
                    .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
        });
    }

    // Rule 16, by way of grant_exceeds_creator. Seen to fail with the rules compared one by one, not merged.
    @Test
    void rules_are_within_others_when_the_model_covers_each_range() {
        RandomCases.check(CASES, random -> {
            var narrow = anyRanges(random, 2);
            var wide = anyRanges(random, 12);
            var narrower = IpRules.parse(written(narrow, random));

            var within = narrower.within(IpRules.parse(written(wide, random)));

            assertThat(within)
                    .as("%s within %s", narrow, wide)
                    .isEqualTo(narrow.stream().allMatch(
                            range -> AddressRange.joined(wide).stream().anyMatch(whole -> whole.contains(range))));
        });
    }

    @Test
    void the_canonical_text_says_the_same_and_stays_the_same() {
        RandomCases.check(CASES, random -> {
            var rules = IpRules.parse(written(anyRanges(random, 12), random));

            var again = IpRules.parse(rules.canonical());

            assertThat(again.canonical()).isEqualTo(rules.canonical()).doesNotHaveDuplicates();
            assertThat(again.within(rules)).isTrue();
            assertThat(rules.within(again)).isTrue();
        });
    }

    @Test
    void however_a_rule_is_written_its_canonical_text_is_one() {
        RandomCases.check(CASES, random -> {
            var range = anyRange(random, random.nextBoolean());
            var one = IpRules.parse(List.of(range.written(random)));

            var other = IpRules.parse(List.of(range.written(random)));

            assertThat(other.canonical()).isEqualTo(one.canonical());
        });
    }

    @Test
    void host_bits_are_refused_wherever_they_are() {
        RandomCases.check(CASES, random -> {
            var address = anyRange(random, true);
            int prefix = random.nextInt(address.bits());
            boolean clean = AddressRange.block(address.bits(), address.first(), prefix).first().equals(address.first());
            var rule = address.plainAddress() + "/" + prefix;

            var refused = isRefused(rule);

            assertThat(refused).as(rule).isEqualTo(!clean);
        });
    }

    @Test
    void what_is_not_an_address_is_refused_and_nothing_else_is_thrown() {
        var alphabet = "0123456789abcfx.:/%*-[]_, +\u0660é\u0000";
        RandomCases.check(CASES * 4, random -> {
            var noise = random.ints(random.nextInt(20), 0, alphabet.length())
                    .mapToObj(i -> alphabet.substring(i, i + 1))
                    .reduce("", String::concat);

            var refused = isRefused(noise);

            assertThat(refused || noise.matches("[0-9a-f.:/]+")).as(noise).isTrue();
        });
    }

    private static List<AddressRange> anyRanges(Random random, int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(i -> anyRange(random, false))
                .toList();
    }

    private static AddressRange anyRange(Random random, boolean single) {
        int bits = random.nextBoolean() ? 32 : 128;
        var bases = bits == 32 ? IPV4_BASES : IPV6_BASES;
        var number = bases.get(random.nextInt(bases.size())).add(BigInteger.valueOf(random.nextInt(16)));
        boolean wide = random.nextInt(20) == 0;
        int prefix = single ? bits : wide ? random.nextInt(bits + 1) : bits - random.nextInt(5);
        return AddressRange.block(bits, number, prefix);
    }

    private static List<String> written(List<AddressRange> ranges, Random random) {
        return ranges.stream().map(range -> range.written(random)).toList();
    }

    private static boolean isRefused(String rule) {
        try {
            return IpRules.parse(List.of(rule)).isEmpty();
        } catch (IpRuleException e) {
            return true;
        }
    }
}
