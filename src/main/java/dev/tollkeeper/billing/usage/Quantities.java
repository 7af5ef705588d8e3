package dev.tollkeeper.billing.usage;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** How much was used so far: where the next event of a tiered price begins. */
final class Quantities {
    private final Map<Metered, BigDecimal> soFar;
    private final Map<Metered, BigDecimal> added = new HashMap<>();

    Quantities(Map<Metered, BigDecimal> soFar) {
        this.soFar = new HashMap<>(soFar);
    }

    /** Adds a quantity; answers how much there was before it. */
    BigDecimal add(Metered what, BigDecimal quantity) {
        BigDecimal before = soFar.getOrDefault(what, BigDecimal.ZERO);
        soFar.put(what, before.add(quantity));
        added.merge(what, quantity, BigDecimal::add);
        return before;
    }

    /** What was added here. */
    Map<Metered, BigDecimal> added() {
        return Map.copyOf(added);
    }
}
