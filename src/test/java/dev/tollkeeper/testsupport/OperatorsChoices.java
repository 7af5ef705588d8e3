package dev.tollkeeper.testsupport;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Settings that operators may choose and the other tests leave as they are; one start of the service for all who test them. */
public class OperatorsChoices implements QuarkusTestProfile {
    /** How many keys a project may have. */
    public static final int KEYS_PER_PROJECT = 10;
    /** At which balance webhooks are told that it is low. */
    public static final String BALANCE_LOW = "5";
    /** How many events may wait to be stored, the least that may be chosen. */
    public static final int WAITING_EVENTS = 2000;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("tollkeeper.keys.limit-per-project", "" + KEYS_PER_PROJECT,
                "tollkeeper.forwarded-header", "forwarded",
                "tollkeeper.billing.keys-may-grant-credit", "true",
                "tollkeeper.billing.balance-low", BALANCE_LOW,
                "tollkeeper.usage.max-waiting-events", "" + WAITING_EVENTS,
                "tollkeeper.webhooks.allow-private-addresses", "true",
                "tollkeeper.tokens.external.issuer", IdentityProvider.ISSUER,
                "tollkeeper.tokens.external.jwks-url", IdentityProvider.jwksUrl(),
                "tollkeeper.tokens.external.audience", "tollkeeper");
    }
}
