package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicationTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 3})
    void qos_neither0Nor1_isRefused(int qos) {
        assertThatThrownBy(() -> new Publication("t", Bytes.empty(), qos, false, Optional.empty()))
                .hasMessage("qos must be 0 or 1, was " + qos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#", "+/b"})
    void topic_notAName_isRefused(String topic) {
        assertThatThrownBy(() -> Publication.of(topic, Bytes.empty()))
                .hasMessageStartingWith("topic must be a topic name without wildcards");
    }

    @Test
    void retain_keepsTheRest() {
        Publication plain = Publication.of("t", Bytes.of((byte) 1));
        assertThat(plain.retain()).isEqualTo(new Publication("t", Bytes.of((byte) 1), 1, true, Optional.empty()));
    }
}
