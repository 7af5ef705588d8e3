package dev.tollkeeper.billing.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Tiers as the database keeps them: JSON, its decimals as strings, for a JSON number may pass through a binary fraction. */
final class StoredTiers {
    private static final String UP_TO = "up_to";
    private static final String UNIT_PRICE = "unit_price";

    private StoredTiers() {
    }

    static String write(List<Tier> tiers) {
        JsonArray stored = new JsonArray();
        tiers.forEach(tier -> stored.add(new JsonObject()
                .put(UP_TO, tier.upTo() == null ? null : tier.upTo().toPlainString())
                .put(UNIT_PRICE, tier.unitPrice().toPlainString())));
        return stored.encode();
    }

    static List<Tier> read(String stored) {
        JsonArray tiers = new JsonArray(stored);
        return IntStream.range(0, tiers.size()).mapToObj(tiers::getJsonObject).map(StoredTiers::tier).toList();
    }

    private static Tier tier(JsonObject stored) {
        String upTo = stored.getString(UP_TO);
        return new Tier(upTo == null ? null : new BigDecimal(upTo), new BigDecimal(stored.getString(UNIT_PRICE)));
    }
}
