package dev.tollkeeper.billing.usage;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a request's events.
 *
 * @param results one for each event, in the order sent
 */
@Schema(name = "UsageReceipt")
record UsageReceipt(int accepted, int duplicates, int rejected, List<EventResult> results) {
    static UsageReceipt of(List<EventResult> results) {
        return new UsageReceipt(count(results, EventResult.ACCEPTED), count(results, EventResult.DUPLICATE),
                count(results, EventResult.REJECTED), List.copyOf(results));
    }

    private static int count(List<EventResult> results, String status) {
        return (int) results.stream().filter(result -> status.equals(result.status())).count();
    }
}
