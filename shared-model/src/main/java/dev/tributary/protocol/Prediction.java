package dev.tributary.protocol;

import dev.tributary.model.Vector;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;

/**
 * What the model of {@code modelVersion} says of one reading: the label's index with a score for each label (softmax),
 * or, with {@code label = -1}, the values in their real units.
 */
public record Prediction(FederationId federation, DeviceId device, long modelVersion, int label, Vector values) {}
