package dev.tollkeeper.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.testsupport.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The checked-in API description is what the code serves. After a change of the API: {@code -Dopenapi.update=true}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OpenApiContractTest {
    private static final Path CHECKED_IN = Path.of("src/main/resources/META-INF/openapi.yaml");

    @Test
    void theCheckedInDescriptionIsWhatTheCodeServes() throws IOException {
        // When
        String served = given().get("/q/openapi").then().statusCode(200).extract().asString();
        // Then
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(CHECKED_IN.getParent());
            Files.writeString(CHECKED_IN, served);
        }
        assertThat(served).isEqualTo(Files.readString(CHECKED_IN));
    }
}
