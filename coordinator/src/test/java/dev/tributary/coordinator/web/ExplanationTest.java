package dev.tributary.coordinator.web;

import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.announcement;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.device;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.DeviceRound;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.RoundId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final OpenRound round = opened(new RoundId(5, 1), Step.TRAIN, "a");

    @Test
    void updateOfAnAsynchronousFederation_saysWhereItCounts() {
        assertThat(explained(contributed("a").inBuffer()))
                .isEqualTo("contributed 17 examples, which wait for the next version");
        assertThat(explained(contributed("a").countedFor(9)))
                .isEqualTo("contributed 17 examples to version 9, trained from version 4");
        assertThat(explained(contributed("a").notCounted("the model was rolled back to version 2")))
                .isEqualTo("contributed 17 examples, which were not counted: the model was rolled back to version 2");
    }

    @Test
    void updateOfASynchronousFederation_saysWhatBecameOfItsRound() {
        assertThat(explained(contributed("a"))).isEqualTo("contributed 17 examples");
        assertThat(explained(contributed("a").notCounted("left out by multiKrum: its score is 9")))
                .isEqualTo("contributed 17 examples, which were not counted: left out by multiKrum: its score is 9");
        DeviceRound abandoned = new DeviceRound(
                announcement(PUMPS, round),
                NOON,
                Optional.of(record(PUMPS, round, false, "a")),
                Optional.of(contributed("a")));
        assertThat(Explanation.of(device("a", Status.ONLINE), abandoned))
                .startsWith("contributed 17 examples, but the round was abandoned: all devices answered");
    }

    private String explained(Participation participation) {
        return Explanation.of(
                device("a", Status.ONLINE),
                new DeviceRound(
                        announcement(PUMPS, round),
                        NOON,
                        Optional.of(record(PUMPS, round, true, "a")),
                        Optional.of(participation)));
    }
}
