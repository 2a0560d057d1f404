package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PausedRoundTest {
    private static final DeviceId DEVICE = new DeviceId("a");
    private final RoundMachine machine = new RoundMachine(
            new RoundPlan(OptionalInt.empty(), 1, Duration.ofSeconds(60), 1, new FixedTrainRounds(3)),
            NonceSource.seeded(7));

    private Transition apply(FederationState state, RoundEvent event) {
        return machine.apply(state, event, Instant.EPOCH);
    }

    private FederationState pausedWith(FederationState state) {
        return apply(state, new RoundEvent.Paused(true)).state();
    }

    @Test
    void pausedFederation_opensNoRound_untilItGoesOn() {
        FederationState paused = pausedWith(machine.initial());
        Transition online = apply(paused, new RoundEvent.DeviceOnline(DEVICE, Role.TRAINER, 9));
        assertThat(online.effects()).isEmpty();
        assertThat(online.state().stage()).isEqualTo(new Stage.Waiting(1));
        Transition resumed = apply(online.state(), new RoundEvent.Paused(false));
        assertThat(resumed.effects()).hasOnlyElementsOfType(RoundEffect.Announce.class);
        assertThat(resumed.state().openRound()).isPresent();
    }

    @Test
    void openRound_ofAPausedFederation_isCommittedAndNoneFollows() {
        FederationState open = apply(machine.initial(), new RoundEvent.DeviceOnline(DEVICE, Role.TRAINER, 9))
                .state();
        Transition answered = apply(pausedWith(open), new RoundEvent.Answered(DEVICE, OpenRound.Answer.CONTRIBUTED));
        assertThat(answered.effects()).hasOnlyElementsOfType(RoundEffect.Commit.class);
        Transition committed = apply(answered.state(), new RoundEvent.Committed(Set.of(), OptionalDouble.empty()));
        assertThat(committed.effects()).isEmpty();
        assertThat(committed.state().step()).isEqualTo(Step.TRAIN);
        assertThat(committed.state().openRound()).isEmpty();
    }

    @Test
    void abandonedRound_ofAPausedFederation_isNotTriedAgainBeforeItGoesOn() {
        FederationState open = apply(machine.initial(), new RoundEvent.DeviceOnline(DEVICE, Role.TRAINER, 9))
                .state();
        Transition rejected = apply(pausedWith(open), new RoundEvent.Answered(DEVICE, OpenRound.Answer.REJECTED));
        assertThat(rejected.effects()).hasOnlyElementsOfType(RoundEffect.Abandon.class);
        Transition resumed = apply(rejected.state(), new RoundEvent.Paused(false));
        assertThat(resumed.state().openRound().orElseThrow().id().attempt()).isEqualTo(2);
    }
}
