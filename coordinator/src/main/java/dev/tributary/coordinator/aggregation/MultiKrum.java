package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mean of the m − f deltas that have the closest neighbours (multi-Krum, Blanchard et al. 2017): a delta's score is the
 * sum of its squared distances to the m − f − 2 nearest others, and the f greatest scores are left out, the later device's
 * of two equal ones. It takes m²·d/2 steps.
 *
 * @param byzantine f, how many contributors may be Byzantine
 */
public record MultiKrum(int byzantine) implements RobustRule {
    public MultiKrum {
        OrderStatistics.requireByzantine(byzantine);
    }

    @Override
    public int needed() {
        return 2 * byzantine + 3;
    }

    @Override
    public AggregatedDelta combine(List<WeightedDelta> deltas) {
        double[] scores = scores(deltas);
        List<Integer> ranked = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ranked.add(i);
        }
        // A stable sort of devices in their order: this breaks ties.
        ranked.sort(Comparator.comparingDouble(i -> scores[i]));
        int kept = scores.length - byzantine;
        double greatestKept = scores[ranked.get(kept - 1)];
        SortedMap<DeviceId, String> leftOut = new TreeMap<>();
        for (int rank = kept; rank < scores.length; rank++) {
            int i = ranked.get(rank);
            leftOut.put(
                    deltas.get(i).of().device(),
                    String.format(
                            Locale.ROOT,
                            "left out by multiKrum: its score %.4g is among the %d greatest of %d, the others' are up to"
                                    + " %.4g",
                            scores[i],
                            byzantine,
                            scores.length,
                            greatestKept));
        }
        return KeptDeltas.mean(deltas, leftOut);
    }

    private double[] scores(List<WeightedDelta> deltas) {
        int count = deltas.size();
        double[][] distances = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                distances[i][j] = squaredDistance(
                        deltas.get(i).of().delta(), deltas.get(j).of().delta());
                distances[j][i] = distances[i][j];
            }
        }
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            Arrays.sort(distances[i]);
            // The first is the distance to itself, 0.
            for (int neighbour = 1; neighbour <= count - byzantine - 2; neighbour++) {
                scores[i] += distances[i][neighbour];
            }
        }
        return scores;
    }

    private static double squaredDistance(Vector first, Vector second) {
        double sum = 0;
        for (int i = 0; i < first.length(); i++) {
            double difference = first.get(i) - second.get(i);
            sum += difference * difference;
        }
        return sum;
    }
}
