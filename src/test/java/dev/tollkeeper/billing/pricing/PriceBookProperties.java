package dev.tollkeeper.billing.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.Cases;

/** Invariant 9: which price is in force, against an oracle that scores every price. */
class PriceBookProperties {
    private static final UUID TEAM = new UUID(1, 1);
    private static final UUID[] TEAMS = {null, TEAM, new UUID(1, 2)};
    private static final String[] MODELS = {null, "a", "b"};

    /** Seen to fail with the price of a model before that of the team, and with {@code lowerEntry} for {@code floorEntry}. */
    @Test
    void theMostSpecificPriceThatHadBegunIsTheOne() {
        Cases.forAll(5000, random -> {
            List<Price> prices = prices(random);
            var book = new PriceBook(prices);
            for (int ask = 0; ask < 10; ask++) {
                Instant time = time(random);
                String meter = random.nextBoolean() ? "in" : "out";
                String model = MODELS[random.nextInt(MODELS.length)];
                assertThat(book.at(time, TEAM, "EUR", meter, model).orElse(null)).isEqualTo(oracle(prices, time, meter, model));
            }
        });
    }

    private static Price oracle(List<Price> prices, Instant time, String meter, String model) {
        Price best = null;
        for (Price price : prices) {
            boolean applies = price.currency().equals("EUR") && (price.teamId() == null || price.teamId().equals(TEAM))
                    && price.meter().equals(meter) && (price.model() == null || price.model().equals(model))
                    && !price.effectiveFrom().isAfter(time);
            if (applies && (best == null || score(price) > score(best))) {
                best = price;
            }
        }
        return best;
    }

    private static long score(Price price) {
        return (price.teamId() == null ? 0 : 1_000_000) + (price.model() == null ? 0 : 1000)
                + price.effectiveFrom().getEpochSecond();
    }

    private static List<Price> prices(SplittableRandom random) {
        List<Price> prices = new ArrayList<>();
        Set<List<Object>> taken = new HashSet<>();
        for (int index = random.nextInt(30); index > 0; index--) {
            var price = new Price(new UUID(0, index), random.nextBoolean() ? "in" : "out",
                    MODELS[random.nextInt(MODELS.length)], TEAMS[random.nextInt(TEAMS.length)],
                    new PerUnit(BigDecimal.ONE), random.nextInt(4) == 0 ? "USD" : "EUR", time(random), Instant.EPOCH);
            if (taken.add(Arrays.asList(price.meter(), price.model(), price.teamId(), price.currency(),
                    price.effectiveFrom()))) {
                prices.add(price);
            }
        }
        return prices;
    }

    private static Instant time(SplittableRandom random) {
        return Instant.ofEpochSecond(random.nextInt(12));
    }
}
