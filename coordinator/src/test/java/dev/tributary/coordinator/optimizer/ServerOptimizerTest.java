package dev.tributary.coordinator.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conformance of the server optimisers with their papers: from 0 by the mean deltas 0.5, −0.2 and 0.1. */
class ServerOptimizerTest {
    private static final ParameterLayout LAYOUT = ParameterLayout.of(new ParameterLayout.Block("linear", 1, 1));
    private static final List<Double> DELTAS = List.of(0.5, -0.2, 0.1);

    /** Computed by hand: m, v and x after each step, v₀ = 1e-6, τ = 1e-3, η = 0.1, β = (0.9, 0.99). */
    static Stream<Arguments> threeHandComputedSteps() {
        return Stream.of(
                // m = .5, .25, .325
                Arguments.of(new FedAvgM(1, 0.9), new double[] {0.5, 0.75, 1.075}),
                // m = .05, .025, .0325; v = .00250099, .0028759801, .002947220299
                Arguments.of(new FedAdam(0.1), new double[] {0.0980202, 0.1437841, 0.2025669}),
                // v = .002501, .002901, .003001 (Δ̄² = .25, .04, .01 are all above v, so v gains (1−β2)Δ̄²)
                Arguments.of(new FedYogi(0.1), new double[] {0.0980200, 0.1435898, 0.2018529}),
                // v = .250001, .290001, .300001
                Arguments.of(new FedAdagrad(0.1), new double[] {0.0099800, 0.0146138, 0.0205367}));
    }

    @ParameterizedTest
    @MethodSource
    void threeHandComputedSteps(ServerOptimizer optimizer, double[] expected) {
        Weights weights = Weights.zeros(LAYOUT);
        OptimizerState state = optimizer.initial(1);
        for (int i = 0; i < expected.length; i++) {
            ServerOptimizer.Step step = optimizer.step(weights, Vector.of(DELTAS.get(i)), state);
            weights = step.weights();
            state = step.state();
            assertThat(weights.values().get(0))
                    .as("%s, step %d", optimizer, i + 1)
                    .isCloseTo(expected[i], within(2e-7));
        }
        assertThat(state.steps()).isEqualTo(3);
        assertThat(state.optimizer()).isEqualTo(optimizer.name());
    }

    @Test
    void momentumZeroAndRateOne_equalsFedAvg() {
        Weights start = new Weights(LAYOUT, Vector.of(0.3f));
        FedAvgM plainMomentum = new FedAvgM(1, 0);
        Weights byMomentum = start;
        Weights byAverage = start;
        OptimizerState state = plainMomentum.initial(1);
        for (double delta : DELTAS) {
            ServerOptimizer.Step step = plainMomentum.step(byMomentum, Vector.of(delta), state);
            byMomentum = step.weights();
            state = step.state();
            byAverage = new FedAvgStep()
                    .step(byAverage, Vector.of(delta), new FedAvgStep().initial(1))
                    .weights();
            assertThat(byMomentum).isEqualTo(byAverage);
        }
    }

    @Test
    void parameters_outOfRange_areRefused() {
        assertThatThrownBy(() -> new FedAdam(0)).hasMessage("learningRate must be > 0, was 0.0");
        assertThatThrownBy(() -> new FedAvgM(1, 1)).hasMessage("momentum must be in [0, 1), was 1.0");
    }
}
