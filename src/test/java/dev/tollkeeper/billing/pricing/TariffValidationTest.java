package dev.tollkeeper.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TariffValidationTest {
    private static final BigDecimal NEGATIVE = new BigDecimal("-0.01");
    private static final Tier OPEN = new Tier(null, BigDecimal.ONE);

    @Test
    void aPriceMustBeGivenAndMustNotBeNegative() {
        assertRefused(() -> new PerUnit(null), "The unit price must be given and must not be negative.");
        assertRefused(() -> new PerUnit(NEGATIVE), "The unit price must be given and must not be negative.");
        assertRefused(() -> new PackageTariff(BigDecimal.ONE, NEGATIVE),
                "The package price must be given and must not be negative.");
        assertRefused(() -> new Tier(null, NEGATIVE), "The unit price of a tier must be given and must not be negative.");
    }

    @Test
    void aPackageMustHoldSomething() {
        assertRefused(() -> new PackageTariff(BigDecimal.ZERO, BigDecimal.ONE), "The package size must be greater than 0.");
        assertRefused(() -> new PackageTariff(null, BigDecimal.ONE), "The package size must be greater than 0.");
    }

    @Test
    void aTierMustEndAboveZero() {
        assertRefused(() -> closed(0), "The end of a tier (up_to) must be greater than 0.");
    }

    @Test
    void theLastTierMustBeOpen() {
        assertTiersRefused(List.of(closed(1)), "The last tier must have no end: its up_to must be null.");
    }

    @Test
    void tiersMustAscend() {
        String sentence = "Every tier but the last must end (up_to) at a quantity greater than the tier before it.";
        assertTiersRefused(List.of(closed(2), closed(1), OPEN), sentence);
        assertTiersRefused(List.of(closed(2), closed(2), OPEN), sentence);
        assertTiersRefused(List.of(OPEN, OPEN), sentence);
    }

    @Test
    void tiersAreOneToFifty() {
        String sentence = "A tiered price must have 1 to 50 tiers.";
        assertTiersRefused(null, sentence);
        assertTiersRefused(List.of(), sentence);
        assertTiersRefused(tiers(51), sentence);
        assertTiersRefused(Stream.of((Tier) null).toList(), sentence);
    }

    @Test
    void fiftyTiersAreAccepted() {
        Volume volume = new Volume(tiers(50));

        assertThat(volume.tiers()).hasSize(50);
    }

    @Test
    void aTariffDoesNotChangeWithTheListItWasMadeFrom() {
        List<Tier> tiers = new ArrayList<>(List.of(OPEN));

        Graduated graduated = new Graduated(tiers);
        tiers.clear();

        assertThat(graduated.tiers()).containsExactly(OPEN);
    }

    private static List<Tier> tiers(int count) {
        return Stream.concat(IntStream.range(1, count).mapToObj(TariffValidationTest::closed), Stream.of(OPEN)).toList();
    }

    private static Tier closed(int upTo) {
        return new Tier(BigDecimal.valueOf(upTo), BigDecimal.ONE);
    }

    private static void assertTiersRefused(List<Tier> tiers, String sentence) {
        assertRefused(() -> new Graduated(tiers), sentence);
        assertRefused(() -> new Volume(tiers), sentence);
    }

    private static void assertRefused(ThrowingCallable making, String sentence) {
        assertThatThrownBy(making).isInstanceOf(InvalidTariffException.class).hasMessage(sentence);
    }
}
