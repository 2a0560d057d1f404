package dev.tributary.coordinator.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.FixedTrainRounds;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on the machine, beside a model that knows one round at a time and nothing of efficiency. */
class RoundModelTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int DEVICES = 8;
    private static final int OPERATIONS = 4000;

    /** What a round must do, said naively. */
    private static final class Model {
        final Set<DeviceId> online = new HashSet<>();
        final Set<DeviceId> selected = new HashSet<>();
        final Map<DeviceId, Answer> answers = new HashMap<>();

        String verdict(OptionalInt goal, int minimum, boolean isOver) {
            long contributors =
                    answers.values().stream().filter(Answer.CONTRIBUTED::equals).count();
            if (goal.isPresent() && contributors >= goal.getAsInt()) {
                return "commit";
            }
            boolean isReachableDone = selected.stream().filter(online::contains).allMatch(answers::containsKey);
            if (isReachableDone && contributors >= minimum) {
                return "commit";
            }
            if (selected.stream().allMatch(answers::containsKey)) {
                return "abandon";
            }
            if (isOver) {
                return contributors >= minimum ? "commit" : "abandon";
            }
            return "open";
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void randomOperations_machineAndModelAgree(long seed) {
        Random random = new Random(seed);
        OptionalInt goal = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(2 + random.nextInt(3));
        int minimum = 1 + random.nextInt(2);
        RoundMachine machine = new RoundMachine(
                new RoundPlan(goal, minimum, DEADLINE, minimum, new FixedTrainRounds(Integer.MAX_VALUE)),
                NonceSource.seeded(seed));
        FederationState state = machine.initial();
        Instant now = Instant.EPOCH;
        Model model = new Model();
        int closed = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            String at = "seed " + seed + ", operation " + i;
            now = now.plusMillis(random.nextInt(600));
            RoundEvent event = event(random, state);
            boolean wasOpen = state.openRound().isPresent();
            note(model, event, state);
            Transition transition = machine.apply(state, event, now);
            if (wasOpen) {
                OpenRound before = state.openRound().orElseThrow();
                OptionalInt stepGoal = before.step() == Step.TRAIN ? goal : OptionalInt.empty();
                int stepMinimum = before.step().isForTrainers() ? minimum : 1;
                assertThat(outcome(transition))
                        .as(at)
                        .isEqualTo(model.verdict(stepGoal, stepMinimum, !now.isBefore(before.deadline())));
            }
            state = transition.state();
            if (state.stage() instanceof Stage.Committing) {
                closed++;
                transition = machine.apply(
                        state, new RoundEvent.Committed(Set.of(), OptionalDouble.of(random.nextDouble())), now);
                state = transition.state();
            }
            for (RoundEffect effect : transition.effects()) {
                if (effect instanceof RoundEffect.Announce announce) {
                    model.selected.clear();
                    model.answers.clear();
                    model.selected.addAll(announce.round().selected());
                    assertThat(model.online).as(at).containsAll(model.selected);
                }
            }
            assertThat(state.attempt()).as(at).isBetween(0, RoundMachine.MAX_ATTEMPTS);
        }
        assertThat(closed).as("seed %d", seed).isGreaterThan(20);
    }

    private static void note(Model model, RoundEvent event, FederationState state) {
        if (event instanceof RoundEvent.DeviceOnline online) {
            model.online.add(online.device());
            state.openRound()
                    .filter(round -> round.selects(online.device()))
                    .ifPresent(round -> model.selected.add(online.device()));
        } else if (event instanceof RoundEvent.DeviceAway offline) {
            model.online.remove(offline.device());
        } else if (event instanceof RoundEvent.Answered answered
                && model.answers.get(answered.device()) != Answer.CONTRIBUTED) {
            model.selected.add(answered.device());
            model.answers.put(answered.device(), answered.answer());
        }
    }

    private static String outcome(Transition transition) {
        for (RoundEffect effect : transition.effects()) {
            if (effect instanceof RoundEffect.Commit) {
                return "commit";
            } else if (effect instanceof RoundEffect.Abandon) {
                return "abandon";
            }
        }
        return "open";
    }

    private static RoundEvent event(Random random, FederationState state) {
        DeviceId device = new DeviceId("d" + random.nextInt(DEVICES));
        int dice = random.nextInt(10);
        if (dice == 0) {
            return new RoundEvent.DeviceAway(device, Status.OFFLINE);
        } else if (dice <= 2) {
            return new RoundEvent.DeviceOnline(device, Role.TRAINER, 10);
        } else if (dice == 3) {
            return new RoundEvent.Tick();
        }
        // Only what admission lets through reaches the machine: answers of selected devices.
        Answer answer = dice <= 7 ? Answer.CONTRIBUTED : dice == 8 ? Answer.DECLINED : Answer.REJECTED;
        return state.openRound().filter(round -> round.selects(device)).isPresent()
                        && state.fleet().device(device).isPresent()
                ? new RoundEvent.Answered(device, answer)
                : new RoundEvent.Tick();
    }
}
