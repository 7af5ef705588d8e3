package dev.tollkeeper.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.tollkeeper.http.Ids;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** What is heard over a new connection before it is known what was missed. */
class SubscriptionTest {
    private final List<Object> heard = new ArrayList<>();
    private UniEmitter<? super Void> catchUp;
    private final Subscription subscription = new Subscription(heard::add,
            sql -> Uni.createFrom().emitter(emitter -> catchUp = emitter), "mark me ", heard::add);

    private void begin() {
        subscription.begin(null).subscribe().with(begun -> heard.remove(null), failed -> heard.remove(null));
    }

    /** Seen to fail with marks that count at once. */
    @Test
    void aMarkCountsOnceItIsKnownWhatWasMissed() {
        // Given: a mark that comes with the very answer to LISTEN
        subscription.hear("mark me 1");
        begin();
        subscription.hear("mark me 2");
        assertThat(heard).isEmpty();
        // When
        catchUp.complete(null);
        // Then
        assertThat(heard).containsExactly(1L, 2L);
        subscription.hear("mark me 3");
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    /** Seen to fail with a catch-up that ends in any way. */
    @Test
    void noMarkCountsWhereThatDoesNotBecomeKnown() {
        // Given
        begin();
        subscription.hear("mark me 1");
        // When
        catchUp.fail(new IllegalStateException("as a test wants it"));
        // Then
        subscription.hear("mark me 2");
        assertThat(heard).isEmpty();
    }

    /** Seen to fail with changes that wait as marks do. */
    @Test
    void aChangeCountsAtOnce() {
        // Given
        UUID thing = Ids.next();
        begin();
        // When
        subscription.hear("changed " + thing);
        // Then
        assertThat(heard).containsExactly(thing);
    }

    /** Seen to fail with any mark taken for one's own. */
    @Test
    void whatAnotherReplicaSaysOfItselfCountsNothing() {
        // Given
        begin();
        catchUp.complete(null);
        // When
        subscription.hear("mark another 1");
        subscription.hear("changed what is no id");
        // Then
        assertThat(heard).isEmpty();
    }
}
