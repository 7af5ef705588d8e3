package dev.tollkeeper.testsupport;

import static io.restassured.RestAssured.given;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.test.junit.callback.QuarkusTestAfterAllCallback;
import io.quarkus.test.junit.callback.QuarkusTestContext;

/** Keeps the metrics as they stand after each test class. */
public class MetricsRecorder implements QuarkusTestAfterAllCallback {
    @Override
    public void afterAll(QuarkusTestContext context) {
        String url = ConfigProvider.getConfig().getValue("test.url", String.class);
        String name = context.getTestInstance().getClass().getSimpleName();
        Evidence.write("metrics-" + name + ".txt", given().get(url + "/q/metrics").asString());
    }
}
