package dev.tollkeeper.testsupport;

import io.quarkus.test.junit.callback.QuarkusTestAfterAllCallback;
import io.quarkus.test.junit.callback.QuarkusTestContext;

/** Ends Envoy's connections after each test class. */
public class EnvoyDisconnector implements QuarkusTestAfterAllCallback {
    @Override
    public void afterAll(QuarkusTestContext context) {
        Envoy.disconnect();
    }
}
