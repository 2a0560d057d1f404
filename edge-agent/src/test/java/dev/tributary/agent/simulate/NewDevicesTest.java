package dev.tributary.agent.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewDevicesTest {
    @Test
    void includes_everyFifthFromTwo_positions() {
        NewDevices rule = NewDevices.parse("every:5+2");

        assertThat(IntStream.range(0, 13).filter(rule::includes)).containsExactly(2, 7, 12);
        assertThat(IntStream.range(0, 6).filter(NewDevices.parse("every:5")::includes))
                .containsExactly(0, 5);
        assertThat(IntStream.range(0, 13).filter(NewDevices.parse("every:5+7")::includes))
                .containsExactly(7, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "every:1", "every:-5", "every:5+", "every:x"})
    void parse_nonsense_isRefused(String text) {
        assertThatThrownBy(() -> NewDevices.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
