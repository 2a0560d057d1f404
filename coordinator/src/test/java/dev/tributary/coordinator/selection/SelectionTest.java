package dev.tributary.coordinator.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "7, 10", "10, 13", "50, 65", "76, 99", "77, 100", "200, 100"})
    void forGoal_hundredOnline_selectsExactlyOneAndAThirdTimesTheGoal(int goal, int expected) {
        List<DeviceId> online =
                IntStream.range(0, 100).mapToObj(i -> new DeviceId("d" + i)).toList();
        for (int round = 1; round <= 20; round++) {
            Bytes nonce = NonceSource.seeded(3).nonce(new RoundId(round, 1));
            Selection selection = Selection.forGoal(nonce, goal, 1.3, online);
            assertThat(selection.selected()).hasSize(expected);
            assertThat(online.stream().filter(selection::selects))
                    .containsExactlyInAnyOrderElementsOf(selection.selected());
        }
    }

    @Test
    void all_selectsAlsoThoseWhoComeLater() {
        Selection selection = Selection.all(Bytes.of((byte) 1), List.of(new DeviceId("a")));
        assertThat(selection.share()).isEqualTo(1);
        assertThat(selection.selects(new DeviceId("late"))).isTrue();
    }

    @Test
    void seededNonce_dependsOnSeedRoundAndAttempt() {
        Bytes nonce = NonceSource.seeded(1).nonce(new RoundId(1, 1));
        assertThat(nonce.size()).isEqualTo(NonceSource.NONCE_BYTES);
        assertThat(nonce).isEqualTo(NonceSource.seeded(1).nonce(new RoundId(1, 1)));
        assertThat(nonce).isNotEqualTo(NonceSource.seeded(2).nonce(new RoundId(1, 1)));
        assertThat(nonce).isNotEqualTo(NonceSource.seeded(1).nonce(new RoundId(2, 1)));
        assertThat(nonce).isNotEqualTo(NonceSource.seeded(1).nonce(new RoundId(1, 2)));
    }

    @Test
    void randomNonce_isFreshEachTime() {
        NonceSource source = NonceSource.random(new SecureRandom());
        assertThat(source.nonce(new RoundId(1, 1))).isNotEqualTo(source.nonce(new RoundId(1, 1)));
    }
}
