package dev.tollkeeper.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A replica's clock that is wrong, or that a test moves. */
final class SkewedClock extends Clock {
    private volatile Duration ahead;

    SkewedClock(Duration ahead) {
        this.ahead = ahead;
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
