package dev.tollkeeper.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.secret.Hmac;
import dev.tollkeeper.testsupport.RandomCases;

class KeySecretProperties {

    private static final int CASES = 5_000;
    private static final Hmac PEPPER = new Hmac(new byte[]{1, 2, 3});
    private static final String TYPABLE = IntStream.rangeClosed(' ', '~')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    @Test
    void every_generated_secret_reads_back_as_itself() {
        RandomCases.check(CASES, random -> {
            var secret = anySecret(random);

            var parsed = KeySecret.parse(secret.reveal());

            assertThat(parsed).contains(secret);
            assertThat(parsed.orElseThrow().kind()).isEqualTo(secret.kind());
            assertThat(secret.reveal()).matches("tkm?_[0-9A-Za-z]{49}");
        });
    }

    // Rule 22. A change of one character spans at most 8 bits, and CRC-32 sees every change that spans up to 32.
    // Seen to fail with the checksum shortened to its last 2 characters.
    @Test
    void a_secret_with_any_one_character_changed_is_refused() {
        RandomCases.check(CASES, random -> {
            var secret = anySecret(random).reveal();
            int at = random.nextInt(secret.length());

            var changed = secret.substring(0, at) + otherThan(secret.charAt(at), random) + secret.substring(at + 1);

            assertThat(KeySecret.parse(changed)).as(changed).isEmpty();
        });
    }

    // Rule 22. Two neighbours span 16 bits. Seen to fail with a sum of the characters in place of the CRC.
    @Test
    void a_secret_with_any_two_neighbours_swapped_is_refused() {
        RandomCases.check(CASES, random -> {
            var secret = anySecret(random).reveal();
            int at = random.ints(0, secret.length() - 1)
                    .filter(i -> secret.charAt(i) != secret.charAt(i + 1))
                    .findFirst().orElseThrow();

            var swapped = secret.substring(0, at) + secret.charAt(at + 1) + secret.charAt(at) + secret.substring(at + 2);

            assertThat(KeySecret.parse(swapped)).as(swapped).isEmpty();
        });
    }

    // Rule 17. Seen to fail with the conditions on length and checksum taken out of isWellFormed.
    @Test
    void no_part_or_extension_of_a_secret_is_a_key() {
        RandomCases.check(CASES, random -> {
            var secret = anySecret(random).reveal();

            var part = secret.substring(0, random.nextInt(secret.length()));
            var extension = secret + otherThan(' ', random);

            assertThat(KeySecret.parse(part)).as(part).isEmpty();
            assertThat(KeySecret.parse(extension)).as(extension).isEmpty();
        });
    }

    // Rule 17. Seen to fail with digest() taken over the first 45 characters.
    @Test
    void secrets_that_share_a_prefix_are_never_confused() {
        RandomCases.check(CASES, random -> {
            var bits = new byte[32];
            random.nextBytes(bits);
            var neighbourBits = bits.clone();
            // The last bit only: all but the last of the 43 characters are the same, more often than not.
            neighbourBits[31] ^= 1;
            var one = KeySecret.generate(KeyKind.ORDINARY, new GivenBytes(bits));

            var other = KeySecret.generate(KeyKind.ORDINARY, new GivenBytes(neighbourBits));

            assertThat(other).isNotEqualTo(one);
            assertThat(other.digest(PEPPER)).isNotEqualTo(one.digest(PEPPER));
        });
    }

    @Test
    void no_two_generated_secrets_are_the_same() {
        var seen = new HashSet<String>();

        RandomCases.check(CASES, random -> assertThat(seen.add(anySecret(random).reveal())).isTrue());
    }

    // Rule 13. Seen to fail with a hint of 5 characters.
    @Test
    void what_is_printed_holds_no_more_of_a_secret_than_its_hint() {
        RandomCases.check(CASES, random -> {
            var secret = anySecret(random);

            var printed = secret.toString();

            assertThat(printed).isEqualTo(secret.kind().prefix() + "…" + secret.hint());
            assertThat(secret.reveal()).endsWith(secret.hint());
            assertThat(secret.hint()).hasSize(4);
        });
    }

    private static KeySecret anySecret(Random random) {
        var kind = random.nextBoolean() ? KeyKind.ORDINARY : KeyKind.MANAGEMENT;
        return KeySecret.generate(kind, random);
    }

    private static char otherThan(char c, Random random) {
        return (char) random.ints(0, TYPABLE.length())
                .map(TYPABLE::charAt)
                .filter(other -> other != c)
                .findFirst().orElseThrow();
    }

    /** A source of randomness that gives these bytes. */
    private static final class GivenBytes extends Random {

        private static final long serialVersionUID = 1L;

        private final byte[] given;

        GivenBytes(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, bytes.length);
        }
    }
}
