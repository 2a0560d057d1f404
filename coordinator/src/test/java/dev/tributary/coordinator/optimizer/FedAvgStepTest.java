package dev.tributary.coordinator.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import org.junit.jupiter.api.Test;

class FedAvgStepTest {
    private static final ParameterLayout LAYOUT = ParameterLayout.of(new ParameterLayout.Block("linear", 1, 2));

    @Test
    void step_addsTheMeanAndRoundsToFloat32() {
        FedAvgStep optimizer = new FedAvgStep();
        ServerOptimizer.Step next =
                optimizer.step(new Weights(LAYOUT, Vector.of(1, 2)), Vector.of(0.1, -0.5), optimizer.initial(2));
        assertThat(next.state().steps()).isEqualTo(1);
        assertThat(next.weights().values()).isEqualTo(Vector.of(1.1f, 1.5f));
    }

    @Test
    void step_withARate_addsThatPartOfTheMean() {
        FedAvgStep optimizer = new FedAvgStep(0.5);
        ServerOptimizer.Step next =
                optimizer.step(new Weights(LAYOUT, Vector.of(1, 2)), Vector.of(0.5, -0.25), optimizer.initial(2));
        assertThat(next.weights().values()).isEqualTo(Vector.of(1.25f, 1.875f));
        assertThatThrownBy(() -> new FedAvgStep(0)).hasMessage("learningRate must be > 0, was 0.0");
    }

    @Test
    void step_beyondFloat32_isRefused() {
        assertThatThrownBy(() ->
                        new FedAvgStep().step(Weights.zeros(LAYOUT), Vector.of(1e39, 0), new FedAvgStep().initial(2)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("weights must be finite after the step");
    }
}
