package dev.tollkeeper.webhook;

import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.secret.SecretBox;
import dev.tollkeeper.secret.TestPeppers;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestSettings;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A start with another pepper in front, and then back, so that later tests find what they expect. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SecretResealTest {
    private static final String OTHER = "0d9a4b52f8e37f3c19d2a8405be6c1d94e7a20b8f5631c7e";

    @Inject
    Transactions database;

    @Test
    void aSecretOutlivesThePepperThatItWasSealedUnder() {
        // Given
        Made webhook = make(TestTeam.create(), "https://hooks.invalid", WebhookType.KEY_CREATED);
        UUID id = UUID.fromString(webhook.id());
        // When
        sealAnew(TestPeppers.box(OTHER, TestSettings.PEPPER));
        SigningSecret kept = new SecretSeal(TestPeppers.box(OTHER)).open(id, sealed(id));
        sealAnew(TestPeppers.box(TestSettings.PEPPER, OTHER));
        SigningSecret back = new SecretSeal(TestPeppers.box(TestSettings.PEPPER)).open(id, sealed(id));
        // Then
        assertThat(kept.reveal()).isEqualTo(webhook.secret()).isEqualTo(back.reveal());
    }

    private void sealAnew(SecretBox box) {
        new SecretReseal(database, box, new SecretSeal(box)).sealAnew().await().atMost(Duration.ofSeconds(20));
    }

    private static byte[] sealed(UUID id) {
        return (byte[]) Database.value("SELECT sealed_secret FROM webhook WHERE id = ?", id);
    }
}
