package dev.tollkeeper.billing.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.tollkeeper.testsupport.PriceTerms;
import dev.tollkeeper.testsupport.Usage;

/**
 * A price that was made.
 *
 * @param model null for any
 * @param team null for any
 */
record ModelPrice(UUID id, String meter, String model, UUID team, PriceTerms terms, Instant from) {
    /** Makes a price over HTTP. */
    static ModelPrice make(String meter, String model, UUID team, PriceTerms terms, Instant from) {
        Map<String, Object> json = new HashMap<>(terms.json());
        json.putAll(Map.of("meter", meter, "currency", "EUR", "effective_from", from.toString()));
        json.put("model", model);
        json.put("team_id", team);
        return new ModelPrice(Usage.price(json), meter, model, team, terms, from);
    }

    /** The one in force, of those that a team may be charged at; null where none is. */
    static ModelPrice inForce(List<ModelPrice> prices, ModelEvent event) {
        ModelPrice best = null;
        for (ModelPrice price : prices) {
            if (price.isFor(event) && (best == null || price.isBefore(best))) {
                best = price;
            }
        }
        return best;
    }

    private boolean isFor(ModelEvent event) {
        return meter.equals(event.meter()) && (model == null || model.equals(event.model())) && !from.isAfter(event.at());
    }

    /** A team's own comes first, then one of the model, then the latest. */
    private boolean isBefore(ModelPrice other) {
        if ((team == null) != (other.team == null)) {
            return team != null;
        }
        if ((model == null) != (other.model == null)) {
            return model != null;
        }
        return from.isAfter(other.from);
    }
}
