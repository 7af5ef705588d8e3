package dev.tollkeeper.testsupport;

import static dev.tollkeeper.testsupport.Api.asNobody;

/** What the service in this JVM tells at {@code /q/metrics}. */
public final class Metrics {
    private Metrics() {
    }

    /**
     * The value of a metric; 0 for one that is not told, as nothing was counted yet.
     *
     * @param name with its labels, as it is told
     */
    public static double metric(String name) {
        return asNobody().get("/q/metrics").asString().lines().filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1).split(" ", 2)[0])).sum();
    }
}
