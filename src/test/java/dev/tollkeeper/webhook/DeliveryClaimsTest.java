package dev.tollkeeper.webhook;

import static dev.tollkeeper.webhook.WebhookCalls.make;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.tollkeeper.database.Transactions;
import dev.tollkeeper.testsupport.AtOnce;
import dev.tollkeeper.testsupport.Database;
import dev.tollkeeper.testsupport.PostgresResource;
import dev.tollkeeper.testsupport.TestClock;
import dev.tollkeeper.testsupport.TestTeam;
import dev.tollkeeper.webhook.WebhookCalls.Made;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** Who may send what, with the service's own sender held back. Nothing is sent here. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DeliveryClaimsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String URL = "https://hooks.example.com";

    @Inject
    DeliveryClaims claims;
    @Inject
    DeliveryRepository deliveries;
    @Inject
    Outbox outbox;
    @Inject
    Transactions database;
    @Inject
    Scheduler scheduler;

    private final TestTeam team = TestTeam.create();

    @BeforeEach
    void holdTheSenderBack() {
        scheduler.pause("webhook-deliveries");
    }

    @AfterEach
    void letItGo() {
        TestClock.reset();
        Database.update("DELETE FROM webhook_delivery WHERE team_id = ?", team.id());
        scheduler.resume("webhook-deliveries");
    }

    /** Seen to fail with the lock taken out of the claim: 480 claims of 200 deliveries. */
    @Test
    void twoSendersAtOnceNeverClaimTheSameDelivery() {
        // Given
        for (int webhook = 0; webhook < 10; webhook++) {
            make(team, URL, WebhookType.KEY_CREATED);
        }
        for (int event = 0; event < 20; event++) {
            append();
        }
        // When
        List<UUID> claimed = AtOnce.run(16, i -> {
            List<UUID> own = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                claim(3).forEach(due -> own.add(due.id()));
            }
            return own;
        }).stream().flatMap(List::stream).toList();
        // Then
        assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
        assertThat(Database.value("SELECT max(attempts) FROM webhook_delivery WHERE team_id = ?", team.id())).isEqualTo(1);
    }

    /** Seen to fail with a claim that waits for locked rows. */
    @Test
    void whatAnotherReplicaIsClaimingIsPassedOverAtOnce() throws SQLException {
        // Given
        make(team, URL, WebhookType.KEY_CREATED);
        append();
        append();
        UUID claiming = (UUID) Database.value("SELECT min(id::text)::uuid FROM webhook_delivery WHERE team_id = ?", team.id());
        try (Connection other = Database.connect()) {
            other.setAutoCommit(false);
            Database.query(other, "SELECT 1 FROM webhook_delivery WHERE team_id = ? AND id = ? FOR UPDATE", team.id(),
                    claiming);
            // When
            List<DueDelivery> claimed = claim();
            // Then
            assertThat(claimed).hasSize(1).extracting(DueDelivery::id).doesNotContain(claiming);
        }
    }

    @Test
    void aLostClaimComesBackWhenItsLeaseIsOverAndItsLateEndChangesNothing() {
        // Given
        make(team, URL, WebhookType.KEY_CREATED);
        append();
        DueDelivery lost = claim().get(0);
        assertThat(claim()).isEmpty();
        TestClock.advance(Duration.ofSeconds(61));
        // When
        List<DueDelivery> again = claim();
        // Then
        assertThat(again).hasSize(1);
        assertThat(again.get(0).id()).isEqualTo(lost.id());
        assertThat(again.get(0).eventId()).isEqualTo(lost.eventId());
        assertThat(again.get(0).attempt()).isEqualTo(2);
        deliveries.fail(database.single(), lost, 500, "late", null).await().atMost(PATIENCE);
        assertThat(row()).containsEntry("status", "pending").containsEntry("last_error", null);
        deliveries.succeed(database.single(), again.get(0), 200, Instant.now()).await().atMost(PATIENCE);
        assertThat(row()).containsEntry("status", "delivered").containsEntry("attempts", 2);
    }

    @Test
    void whatWasGivenUpWhileItWasUnderWayStillCountsAsDeliveredAndIsNotTriedAgain() {
        // Given
        Made webhook = make(team, URL, WebhookType.KEY_CREATED);
        append();
        append();
        List<DueDelivery> under = claim();
        deliveries.abandon(database.single(), team.id(), UUID.fromString(webhook.id()), null, "given up").await()
                .atMost(PATIENCE);
        // When
        deliveries.succeed(database.single(), under.get(0), 200, Instant.now()).await().atMost(PATIENCE);
        deliveries.fail(database.single(), under.get(1), 500, "x", Instant.now()).await().atMost(PATIENCE);
        // Then
        assertThat(
                Database.query("SELECT status, last_error FROM webhook_delivery WHERE team_id = ? ORDER BY status", team.id()))
                .extracting("status", "last_error").containsExactly(
                        org.assertj.core.groups.Tuple.tuple("delivered", null),
                        org.assertj.core.groups.Tuple.tuple("failed", "given up"));
    }

    /** Seen to fail with the limit for one webhook taken out of the claim. */
    @Test
    void oneWebhooksDeliveriesDoNotCrowdOutTheOthers() {
        // Given
        Made busy = make(team, URL, WebhookType.KEY_CREATED);
        for (int event = 0; event < 30; event++) {
            append();
        }
        Made other = make(team, URL, WebhookType.KEY_CREATED);
        append();
        // When
        List<DueDelivery> claimed = claims.claim(Set.of(), 5, 100).await().atMost(PATIENCE);
        List<DueDelivery> meanwhile = claims.claim(Set.of(UUID.fromString(busy.id())), 5, 100).await().atMost(PATIENCE);
        // Then
        assertThat(claimed.stream().filter(due -> due.webhookId().toString().equals(busy.id()))).hasSize(5);
        assertThat(claimed.stream().filter(due -> due.webhookId().toString().equals(other.id()))).hasSize(1);
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void nothingIsClaimedForADisabledOrDeletedWebhookOrADeletedTeam() {
        // Given
        Made disabled = make(team, URL, WebhookType.KEY_CREATED);
        append();
        Database.update("UPDATE webhook SET enabled = false WHERE id = ?::uuid", disabled.id());
        List<DueDelivery> ofDisabled = claim();
        Database.update("UPDATE webhook SET enabled = true WHERE id = ?::uuid", disabled.id());
        Database.update("UPDATE team SET deleted_at = now() WHERE id = ?", team.id());
        // When
        List<DueDelivery> ofDeletedTeam = claim();
        Database.update("UPDATE team SET deleted_at = NULL WHERE id = ?", team.id());
        Database.update("DELETE FROM webhook WHERE id = ?::uuid", disabled.id());
        List<DueDelivery> ofDeleted = claim();
        // Then
        assertThat(ofDisabled).isEmpty();
        assertThat(ofDeletedTeam).isEmpty();
        assertThat(ofDeleted).isEmpty();
    }

    /** Seen to fail with an outbox that writes on a connection of its own. */
    @Test
    void anEventIsUndoneWithItsTransaction() {
        // Given
        make(team, URL, WebhookType.KEY_CREATED);
        // When
        assertThatThrownBy(() -> database.run(sql -> outbox
                .append(sql, team.id(), WebhookType.KEY_CREATED, Map.of("name", "never was"))
                .chain(() -> Uni.createFrom().<Void>failure(new IllegalStateException("undone"))))
                .await().atMost(PATIENCE)).hasMessage("undone");
        // Then
        assertThat(Database.query("SELECT 1 FROM webhook_delivery WHERE team_id = ?", team.id())).isEmpty();
    }

    private void append() {
        outbox.append(database.single(), team.id(), WebhookType.KEY_CREATED, Map.of("name", "x")).await().atMost(PATIENCE);
    }

    /** What is due of this test's team. */
    private List<DueDelivery> claim() {
        return claim(1000);
    }

    private List<DueDelivery> claim(int most) {
        return claims.claim(Set.of(), 100, most).await().atMost(PATIENCE).stream()
                .filter(due -> due.teamId().equals(team.id())).toList();
    }

    private Map<String, Object> row() {
        return Database.query("SELECT status, attempts, last_error FROM webhook_delivery WHERE team_id = ?", team.id()).get(0);
    }
}
