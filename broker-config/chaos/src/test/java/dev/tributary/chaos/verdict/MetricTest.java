package dev.tributary.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.chaos.verdict.Story.Part;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class MetricTest {
    @Test
    void newest_isTheLastVersionThatEnoughDevicesEvaluated() {
        Story story = Story.begun()
                .trained(2, 1, 0, new Part("a", 1, 1, 0))
                .evaluated(3, 0.5, "a", "b", "c")
                .trained(4, 2, 0, new Part("a", 1, 1, 0))
                .evaluated(5, 0.25, "a", "b");
        Metric all = Metric.newest(story.evidence(), 3).orElseThrow();
        assertThat(all.version()).isEqualTo(1);
        assertThat(all.devices()).isEqualTo(3);
        assertThat(all.name()).isEqualTo("RMSE");
        assertThat(all.value()).isCloseTo(0.5, Assertions.within(1e-12));
        assertThat(Metric.newest(story.evidence(), 2).orElseThrow().version()).isEqualTo(2);
        assertThat(Metric.newest(story.evidence(), 4)).isEmpty();
    }

    @Test
    void isAsGoodAs_onePercentEitherWay() {
        Metric reference = new Metric(1, 3, "accuracy", 0.9);
        assertThat(new Metric(1, 3, "accuracy", 0.8915).isAsGoodAs(reference)).isTrue();
        assertThat(new Metric(1, 3, "accuracy", 0.9085).isAsGoodAs(reference)).isTrue();
        assertThat(new Metric(1, 3, "accuracy", 0.89).isAsGoodAs(reference)).isFalse();
    }
}
