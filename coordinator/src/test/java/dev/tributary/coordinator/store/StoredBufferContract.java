package dev.tributary.coordinator.store;

import static dev.tributary.coordinator.store.StoreSamples.FANS;
import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.announcement;
import static dev.tributary.coordinator.store.StoreSamples.answer;
import static dev.tributary.coordinator.store.StoreSamples.close;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.contribution;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.payload;
import static dev.tributary.coordinator.store.StoreSamples.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link FederationStore} must do with updates that wait for a version, whichever round they answer. */
public abstract class StoredBufferContract extends StoredHistoryContract {
    private static final RoundId SECOND = new RoundId(2, 1);
    private final OpenRound first = opened(FIRST, Step.TRAIN, "a", "b", "late");
    private final OpenRound second = opened(SECOND, Step.TRAIN, "a", "b");

    private static Change waiting(FederationId federation, RoundId round, String device) {
        return new Change.SaveParticipation(
                federation, round, contributed(device).inBuffer(), Optional.of(payload(device)));
    }

    private static BufferedUpdate update(OpenRound round, String device) {
        return new BufferedUpdate(
                announcement(PUMPS, round), contributed(device).inBuffer(), payload(device));
    }

    private static List<BufferedUpdate> buffered(FederationStore store, FederationId federation) {
        List<BufferedUpdate> updates = new ArrayList<>();
        store.buffered(federation, updates::add);
        return updates;
    }

    private void holdBuffer() {
        holding(PUMPS, open(PUMPS, first), waiting(PUMPS, FIRST, "b"));
        store().commit(List.of(
                close(PUMPS, first),
                open(PUMPS, second),
                waiting(PUMPS, SECOND, "a"),
                waiting(PUMPS, FIRST, "late"),
                answer(PUMPS, FIRST, rejected("a"))));
    }

    @Test
    void announcement_ofARound_isKeptWhenItIsClosed() {
        holdBuffer();
        assertThat(reopened().announcement(PUMPS, FIRST)).contains(announcement(PUMPS, first));
        assertThat(store().announcement(PUMPS, SECOND)).contains(announcement(PUMPS, second));
        assertThat(store().announcement(PUMPS, new RoundId(1, 2))).isEmpty();
        assertThat(store().announcement(FANS, FIRST)).isEmpty();
    }

    @Test
    void buffer_keepsItsPayloadsOverTheCloseOfTheirRounds() {
        holdBuffer();
        assertThat(buffered(reopened(), PUMPS))
                .containsExactly(update(first, "b"), update(first, "late"), update(second, "a"));
        assertThat(store().participation(PUMPS, FIRST, id("late")))
                .contains(contributed("late").inBuffer());
        assertThat(store().participation(PUMPS, FIRST, id("a"))).contains(rejected("a"));
        assertThat(buffered(store(), FANS)).isEmpty();
    }

    @Test
    void closeRound_dropsWhatDoesNotWait() {
        holding(PUMPS, open(PUMPS, first), waiting(PUMPS, FIRST, "a"), contribution(PUMPS, FIRST, "b"));
        store().commit(List.of(close(PUMPS, first, "b")));
        assertThat(contributions(reopened(), PUMPS, FIRST)).containsOnlyKeys(id("a"));
        assertThat(buffered(store(), PUMPS)).containsExactly(update(first, "a"));
    }

    @Test
    void countBuffer_saysTheVersionAndForgetsThePayloads() {
        holdBuffer();
        holding(FANS, open(FANS, first), waiting(FANS, FIRST, "b"));
        store().commit(List.of(
                waiting(PUMPS, SECOND, "b"),
                model(PUMPS, 7),
                new Change.CountBuffer(PUMPS, 7),
                waiting(PUMPS, FIRST, "a")));
        assertThat(buffered(reopened(), PUMPS)).as("what came later").containsExactly(update(first, "a"));
        assertThat(store().participation(PUMPS, FIRST, id("late")))
                .contains(contributed("late").countedFor(7));
        assertThat(store().participation(PUMPS, SECOND, id("b")))
                .contains(contributed("b").countedFor(7));
        assertThat(contributions(store(), PUMPS, SECOND)).isEmpty();
        assertThat(store().roundsOf(PUMPS, id("b"), Optional.empty(), 1).get(0).participation())
                .contains(contributed("b").countedFor(7));
        assertThat(buffered(store(), FANS)).as("another federation's").hasSize(1);
    }

    @Test
    void dropBuffer_saysWhyAndForgetsThePayloads() {
        holdBuffer();
        store().commit(List.of(new Change.DropBuffer(PUMPS, "rolled back")));
        assertThat(buffered(reopened(), PUMPS)).isEmpty();
        assertThat(contributions(store(), PUMPS, SECOND)).isEmpty();
        assertThat(store().participation(PUMPS, FIRST, id("late")))
                .contains(contributed("late").notCounted("rolled back"));
        assertThat(store().participation(PUMPS, FIRST, id("a"))).contains(rejected("a"));
    }

    @Test
    void waiting_forARoundThatIsForgotten_isRefused() {
        holdBuffer();
        store().commit(List.of(
                model(PUMPS, 1), new Change.TrimHistory(PUMPS, 1, Duration.ofDays(1), NOON.plusSeconds(1))));
        assertThat(buffered(reopened(), PUMPS)).as("a forgotten round's").containsExactly(update(second, "a"));
        assertThatThrownBy(() -> store().commit(List.of(waiting(PUMPS, FIRST, "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("round 1 of federation pumps must be kept, was not");
    }
}
