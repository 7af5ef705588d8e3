package dev.tollkeeper.access;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells where rate limits are counted. Never a reason to take a replica out: all of them would miss the same Redis. */
@Readiness
@Singleton
class RateLimitReadiness implements HealthCheck {
    private final RateLimiter limiter;

    RateLimitReadiness(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Rate limits").up().withData("counted", limiter.standing()).build();
    }
}
