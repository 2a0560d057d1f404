package dev.tributary.chaos.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.demo.event.EventReader;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress(50);

    private void told(String line) {
        progress.take(EventReader.read(line));
    }

    @Test
    void take_evaluations_tellTheNewestAndTheNewestOfAllDevices() {
        told("{\"event\":\"evaluated\",\"version\":3,\"own\":{\"devices\":50}}");
        told("{\"event\":\"evaluated\",\"version\":5,\"own\":{\"devices\":49}}");
        told("{\"event\":\"evaluated\",\"version\":4,\"own\":null}");
        assertThat(progress.newest()).isEqualTo(5);
        assertThat(progress.fullyEvaluated()).isEqualTo(3);
        assertThat(progress.isFinished()).isFalse();
        told("{\"event\":\"finished\"}");
        assertThat(progress.isFinished()).isTrue();
    }
}
