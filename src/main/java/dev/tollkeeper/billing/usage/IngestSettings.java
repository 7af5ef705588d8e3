package dev.tollkeeper.billing.usage;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the operator sets about taking usage in ({@code TOLLKEEPER_USAGE_…}). */
@ConfigMapping(prefix = "tollkeeper.usage")
interface IngestSettings {
    /** How many events may wait on one replica to be stored, at least 2000; with what they say of themselves, up to some KiB each. */
    @WithDefault("20000")
    int maxWaitingEvents();

    /** How long events are kept, at least 70 days; for good where none is set. What they add up to is kept for good anyway. */
    Optional<Duration> retention();
}
