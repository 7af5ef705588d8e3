package dev.tollkeeper.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.secret.Hmac;

class KeySecretTest {

    /** Of the bits 00 01 02 … 1f, computed apart from this code, with Python's zlib and hmac. */
    private static final String ORDINARY = "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso";
    private static final String MANAGEMENT = "tkm_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf0TR8gA";

    @Test
    void the_format_is_the_one_that_secret_scanners_know() {
        RandomGenerator counting = new CountingBytes();

        var secret = KeySecret.generate(KeyKind.ORDINARY, counting);

        assertThat(secret.reveal()).isEqualTo(ORDINARY);
    }

    @Test
    void the_checksum_covers_the_prefix_too() {
        RandomGenerator counting = new CountingBytes();

        var secret = KeySecret.generate(KeyKind.MANAGEMENT, counting);

        assertThat(secret.reveal()).isEqualTo(MANAGEMENT);
    }

    @ParameterizedTest
    @EnumSource
    void a_presented_key_tells_its_kind(KeyKind kind) {
        var issued = KeySecret.generate(kind, new SecureRandom());

        var parsed = KeySecret.parse(issued.reveal());

        assertThat(parsed).contains(issued);
        assertThat(parsed.orElseThrow().kind()).isEqualTo(kind);
    }

    // Rule 22. Seen to fail with the checksum's condition taken out of isWellFormed.
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {
            "", "tk_", "tkm_", "t",
            // one character short, one too many, a space on either side
            "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDs",
            "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso0",
            " tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso\n",
            // the other kind's body, the prefix in capitals, no prefix
            "tkm_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            "TK_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            "003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            // outside the alphabet: punctuation, full-width and Arabic digits that Java counts as digits
            "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDl-1ptDso",
            "tk_０03aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            "tk_٠03aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1ptDso",
            // a wrong checksum
            "tk_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf000000"})
    void what_was_never_issued_is_refused_with_no_query(String presented) {
        var parsed = KeySecret.parse(presented);

        assertThat(parsed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDINARY, MANAGEMENT, "tk_mistyped", "tkm_"})
    void a_text_with_a_prefix_claims_to_be_a_key(String presented) {
        var claims = KeySecret.hasKeyPrefix(presented);

        assertThat(claims).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "tk", "tkn_x", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"})
    void a_token_does_not_claim_to_be_a_key(String presented) {
        var claims = KeySecret.hasKeyPrefix(presented);

        assertThat(claims).isFalse();
    }

    @Test
    void what_is_stored_is_the_hmac_under_the_pepper() {
        var secret = KeySecret.parse(ORDINARY).orElseThrow();

        var digest = secret.digest(new Hmac("pepper".getBytes(US_ASCII)));

        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("2f048c1676a4554aee0ae1217468d24580a60fdd2660d031f7b95ab9e6a8c3d9");
    }

    @Test
    void another_pepper_gives_another_digest() {
        var secret = KeySecret.parse(ORDINARY).orElseThrow();

        var digest = secret.digest(new Hmac("other".getBytes(US_ASCII)));

        assertThat(digest).isNotEqualTo(secret.digest(new Hmac("pepper".getBytes(US_ASCII))));
    }

    @Test
    void an_empty_pepper_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Hmac(new byte[0]));
    }

    // Rule 13. Seen to fail with toString() returning the text, and with a hint of 5 characters.
    @Test
    void a_log_line_shows_no_more_than_the_hint() {
        var secret = KeySecret.parse(MANAGEMENT).orElseThrow();

        var logged = "refused " + secret;

        assertThat(logged).isEqualTo("refused tkm_…R8gA");
    }

    @Test
    void the_hint_is_the_last_four_characters() {
        var secret = KeySecret.parse(ORDINARY).orElseThrow();

        var hint = secret.hint();

        assertThat(hint).isEqualTo("tDso");
    }

    /** Gives the bytes 0, 1, 2 and so on. */
    private static final class CountingBytes implements RandomGenerator {

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }
}
