package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.learning.Examples.RawExample;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalMomentsTest {
    @Test
    void merged_equalsPooledMeanAndVarianceTo1e9_evenFarFromZero() {
        ModelSchema schema = new ModelSchema(
                0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20);
        SplittableRandom random = new SplittableRandom(1);
        List<RawExample> pooled = new ArrayList<>();
        Moments merged = Moments.empty(schema);
        for (int device = 0; device < 7; device++) {
            List<RawExample> own = new ArrayList<>();
            for (int i = 0; i < 100 + device; i++) {
                own.add(new RawExample(new double[] {1e6 + random.nextGaussian()}, new double[] {random.nextDouble()}));
            }
            merged = merged.merge(LocalMoments.of(schema, own));
            pooled.addAll(own);
        }
        double mean = pooled.stream()
                .mapToDouble(row -> row.features()[0] - 1e6)
                .average()
                .orElseThrow();
        double variance = pooled.stream()
                .mapToDouble(row -> Math.pow(row.features()[0] - 1e6 - mean, 2))
                .average()
                .orElseThrow();
        assertThat(merged.mean(0)).isCloseTo(1e6 + mean, within(1e-9 * 1e6));
        assertThat(merged.variance(0)).isCloseTo(variance, within(1e-9 * variance));
        assertThat(merged.count(1)).isEqualTo(pooled.size());
    }

    @Test
    void missingValues_areNotCounted_andLabelsAre() {
        ModelSchema schema = new ModelSchema(
                0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);
        Moments moments = LocalMoments.of(
                schema,
                List.of(
                        new RawExample(new double[] {Double.NaN}, new double[] {1}),
                        new RawExample(new double[] {4}, new double[] {1}),
                        new RawExample(new double[] {6}, new double[] {0})));
        assertThat(moments.count(0)).isEqualTo(2);
        assertThat(moments.mean(0)).isEqualTo(5);
        assertThat(moments.labelCounts().toArray()).containsExactly(1, 2);
    }
}
