package dev.tollkeeper.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
    private static final String OLD = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";
    private static final String NEW = "9a8b7c6d5e4f30212f3e4d5c6b7a8990a1b2c3d4";
    private static final byte[] CONTEXT = {1, 2, 3};

    @Test
    void whatWasSealedOpensUnderTheSamePurposeAndContextOnly() {
        // Given
        SecretBox box = new SecretBox(new Peppers(List.of(NEW)));
        byte[] sealed = box.seal("a", CONTEXT, bytes("secret"));
        // When
        byte[] opened = box.open("a", CONTEXT, sealed);
        // Then
        assertThat(opened).isEqualTo(bytes("secret"));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThatThrownBy(() -> box.open("b", CONTEXT, sealed)).isInstanceOf(SecretBox.UnreadableSealException.class);
        assertThatThrownBy(() -> box.open("a", new byte[]{9}, sealed)).isInstanceOf(SecretBox.UnreadableSealException.class);
    }

    @Test
    void anOlderPepperStillOpens() {
        // Given
        byte[] sealed = new SecretBox(new Peppers(List.of(OLD))).seal("a", CONTEXT, bytes("secret"));
        // When
        byte[] opened = new SecretBox(new Peppers(List.of(NEW, OLD))).open("a", CONTEXT, sealed);
        // Then
        assertThat(opened).isEqualTo(bytes("secret"));
        SecretBox without = new SecretBox(new Peppers(List.of(NEW)));
        assertThatThrownBy(() -> without.open("a", CONTEXT, sealed)).hasMessageContaining("TOLLKEEPER_KEY_PEPPERS");
    }

    @Test
    void onlyASealOfAnOlderPepperIsOutOfDate() {
        // Given
        byte[] sealed = new SecretBox(new Peppers(List.of(OLD))).seal("a", CONTEXT, bytes("secret"));
        // When
        boolean before = new SecretBox(new Peppers(List.of(OLD, NEW))).isOutOfDate(sealed);
        boolean after = new SecretBox(new Peppers(List.of(NEW, OLD))).isOutOfDate(sealed);
        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }

    @Test
    void aChangedSealDoesNotOpen() {
        // Given
        SecretBox box = new SecretBox(new Peppers(List.of(NEW)));
        byte[] sealed = box.seal("a", CONTEXT, bytes("secret"));
        sealed[sealed.length - 1] ^= 1;
        // When, Then
        assertThatThrownBy(() -> box.open("a", CONTEXT, sealed)).isInstanceOf(SecretBox.UnreadableSealException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "change-me-change-me-change-me-change-me", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "my-example-pepper-for-development-000"})
    void aWeakOrSamplePepperIsRefusedWithWhatToSet(String pepper) {
        // When, Then
        assertThatThrownBy(() -> Peppers.parse(List.of(pepper))).hasMessageContaining("TOLLKEEPER_KEY_PEPPERS")
                .hasMessageContaining("openssl rand").hasMessageNotContaining(pepper);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
