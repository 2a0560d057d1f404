package dev.tributary.coordinator.aggregation;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;

/**
 * What one device gives to a TRAIN round.
 *
 * @param exampleCount how many examples it says that it trained on, ≥ 1
 * @param loss summed over them
 */
public record DeviceDelta(DeviceId device, Vector delta, long exampleCount, double loss) {
    public DeviceDelta {
        if (exampleCount < 1) {
            throw new IllegalArgumentException("exampleCount must be > 0, was " + exampleCount);
        }
        if (!delta.isFinite() || !Double.isFinite(loss)) {
            throw new IllegalArgumentException("delta and loss must be finite");
        }
    }

    /** The loss per example. */
    double meanLoss() {
        return loss / exampleCount;
    }
}
