package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tollkeeper.caller.Role;
import dev.tollkeeper.http.Ids;
import dev.tollkeeper.key.IpRules;

/** Invariant 18, where it is decided: what a look-up found is kept only while nothing has changed since it began. */
class RememberedTest {
    private static final int MAX_KEYS = 1000;

    private final Changes changes = new Changes();
    private final Remembered<SecretDigest, KeyRecord> keys = new Remembered<>(MAX_KEYS, changes);
    private final UUID team = Ids.next();
    private final UUID project = Ids.next();
    private final UUID user = Ids.next();

    /** Seen to fail with a {@code put} that keeps nothing. */
    @Test
    void whatWasFoundIsRemembered() {
        // Given
        KeyRecord key = key(Ids.next());
        // When
        keys.put(digest(1), entry(key, changes.last()));
        // Then
        assertThat(keys.find(digest(1)).value()).isSameAs(key);
        assertThat(keys.find(digest(2))).isNull();
    }

    /** Seen to fail where entries are not compared when they are read; all but the key also where only the key is looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"key", "project", "team", "user"})
    void aLookUpThatBeganBeforeAChangePutsNothingBack(String what) {
        // Given
        KeyRecord key = key(Ids.next());
        long before = changes.last();
        // When
        changes.changed(thing(key, what));
        keys.put(digest(1), entry(key, before));
        // Then
        assertThat(keys.find(digest(1))).isNull();
    }

    /** Seen to fail with the same, and with a change that forgets everything. */
    @ParameterizedTest
    @ValueSource(strings = {"key", "project", "team", "user"})
    void aChangeForgetsWhatDependsOnItAndNothingElse(String what) {
        // Given
        KeyRecord key = key(Ids.next());
        KeyRecord other = new KeyRecord(Ids.next(), Ids.next(), Ids.next(), "other", false, Set.of(), Optional.empty(),
                List.of(),
                false, true, null, false, null, null, "{}", Ids.next(), "b@x", Role.MEMBER, null, null, List.of(), null, null,
                null, null);
        keys.put(digest(1), entry(key, changes.last()));
        keys.put(digest(2), entry(key, changes.last()));
        keys.put(digest(3), entry(other, changes.last()));
        // When
        changes.changed(thing(key, what));
        // Then
        assertThat(keys.find(digest(1))).isNull();
        assertThat(keys.find(digest(2))).isNull();
        assertThat(keys.find(digest(3))).isNotNull();
    }

    /** Seen to fail with a {@code clear} that removes the entries and lets those count which come later. */
    @Test
    void aLookUpThatBeganBeforeEverythingWasForgottenPutsNothingBack() {
        // Given
        long before = changes.last();
        // When
        changes.everything();
        keys.put(digest(1), entry(key(Ids.next()), before));
        // Then
        assertThat(keys.find(digest(1))).isNull();
    }

    /** Seen to fail without {@code maximumSize}. */
    @Test
    void theNumberOfKeysIsBounded() {
        // When
        for (int i = 0; i < 50 * MAX_KEYS; i++) {
            keys.put(digest(i), entry(key(Ids.next()), changes.last()));
        }
        // Then
        assertThat(keys.size()).isLessThanOrEqualTo(MAX_KEYS);
    }

    /** Seen to fail where the number of changes only grows. */
    @Test
    void moreChangesThanAreToldApartForgetEverything() {
        // Given
        keys.put(digest(1), entry(key(Ids.next()), changes.last()));
        // When
        for (int i = 0; i <= 200_000; i++) {
            changes.changed(new UUID(1, i));
        }
        // Then
        assertThat(keys.find(digest(1))).isNull();
    }

    /** Changes and refills at once. Seen to fail with entries that a change removed by way of an index of keys (ADR 5). */
    @Test
    void noOrderOfRefillsAndChangesLeavesWhatIsOutOfDate() throws InterruptedException {
        UUID id = Ids.next();
        var stored = new AtomicReference<>(key(id, 0));
        var going = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 2; i++) {
            threads.execute(() -> {
                while (going.get()) {
                    long before = changes.last();
                    keys.put(digest(1), entry(stored.get(), before));
                }
            });
        }
        for (int i = 1; i < 20_000; i++) {
            // When: what is stored changes, and then everybody is told
            KeyRecord present = key(id, i);
            stored.set(present);
            changes.changed(id);
            // Then
            Remembered.Entry<KeyRecord> found = keys.find(digest(1));
            assertThat(found == null || found.value().equals(present)).isTrue();
        }
        going.set(false);
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static UUID thing(KeyRecord key, String what) {
        return switch (what) {
            case "key" -> key.keyId();
            case "project" -> key.projectId();
            case "team" -> key.teamId();
            default -> key.userId();
        };
    }

    private static SecretDigest digest(int number) {
        return new SecretDigest(ByteBuffer.allocate(32).putInt(number).array());
    }

    private static Remembered.Entry<KeyRecord> entry(KeyRecord key, long changeBefore) {
        return new Remembered.Entry<>(key, 0, changeBefore);
    }

    private KeyRecord key(UUID id) {
        return key(id, 0);
    }

    private KeyRecord key(UUID id, int version) {
        return new KeyRecord(team, project, id, "key " + version, false, Set.of(), Optional.of(IpRules.parse(List.of())),
                List.of(), false,
                true, null, false, null, null, "{}", user, "a@x", Role.ADMIN, null, null, List.of(), null, null, null, null);
    }
}
