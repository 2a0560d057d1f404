package dev.tributary.coordinator.aggregation;

import dev.tributary.update.DeviceId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mean of all deltas whose norm is not far above the others': adaptive zeroing, a multiple of a quantile of the norms as
 * the bound (Andrew et al. 2021 and Charles et al. 2021 estimate the quantile over rounds). Here the quantile is of this
 * round alone, the (m − f)-th smallest norm: it is at most the greatest honest norm, whatever f devices send, so no more
 * than f updates are ever left out, and no state lives on from round to round.
 *
 * @param byzantine f, how many contributors may be Byzantine
 */
public record NormZeroing(int byzantine) implements RobustRule {
    /** An honest norm may be so many times the quantile. */
    public static final double MULTIPLE = 2;

    public NormZeroing {
        OrderStatistics.requireByzantine(byzantine);
    }

    @Override
    public int needed() {
        return 2 * byzantine + 1;
    }

    @Override
    public AggregatedDelta combine(List<WeightedDelta> deltas) {
        double[] norms =
                deltas.stream().mapToDouble(one -> one.of().delta().norm()).toArray();
        double[] sorted = norms.clone();
        Arrays.sort(sorted);
        double bound = MULTIPLE * sorted[sorted.length - byzantine - 1];
        SortedMap<DeviceId, String> leftOut = new TreeMap<>();
        for (int i = 0; i < norms.length; i++) {
            if (norms[i] > bound) {
                leftOut.put(
                        deltas.get(i).of().device(),
                        String.format(
                                Locale.ROOT,
                                "left out by zeroing: its norm %.4g is above %.4g, %.0f times the norm number %d of %d",
                                norms[i],
                                bound,
                                MULTIPLE,
                                sorted.length - byzantine,
                                sorted.length));
            }
        }
        return KeptDeltas.mean(deltas, leftOut);
    }
}
