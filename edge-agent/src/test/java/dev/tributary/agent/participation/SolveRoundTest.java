package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Vector;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import org.junit.jupiter.api.Test;

/** What a device answers to a SOLVE round. */
class SolveRoundTest {
    private final DeviceFixture device = new DeviceFixture();

    @Test
    void solve_sendsTheSumsOfItsTrainPart() {
        device.start(new DutyCycle.Always());
        device.announceFederation(0);
        device.coordinator.round(device.coordinator.call(2, RoundKind.SOLVE, 0));
        device.executor.runAll();

        Update update = (Update) device.coordinator.answers.get(0);
        assertThat(update.exampleCount()).isEqualTo(7);
        Vector sums = FakeLearning.decode(
                update.vector(EncodedVector.Role.SUFFICIENT_STATISTICS).orElseThrow(),
                SufficientStatistics.length(1, 1));
        // x = (i − 1)/2 and y = (10i − 3)/4 for i = 0 to 6
        assertThat(sums.get(0)).isEqualTo((1 + 0 + 1 + 4 + 9 + 16 + 25) / 4.0);
        assertThat(sums.get(1)).isEqualTo((21 - 7) / 2.0);
        assertThat(sums.get(2)).isEqualTo(7);
        assertThat(sums.get(4)).isEqualTo((210 - 21) / 4.0);
    }
}
