package dev.tributary.agent.simulate;

import dev.tributary.model.Feature;
import java.util.ArrayList;
import java.util.List;

/** The columns that a machine of the built-in plant measures. */
final class PlantSensor {
    /** Vibration bands: at the speed of rotation, at twice and half of it, and where bearings ring. */
    static final List<String> BANDS = List.of("1x", "2x", "half_x", "bearing_band");

    /** Directions that vibration is measured in. */
    static final List<String> AXES = List.of("x", "y");

    private PlantSensor() {}

    /** For each axis rms, peak, kurtosis and the bands; then temperature, current, speed and load. */
    static List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        for (String axis : AXES) {
            features.add(column("vibration_" + axis + "_rms", "mm/s"));
            features.add(column("vibration_" + axis + "_peak", "mm/s"));
            features.add(column("vibration_" + axis + "_kurtosis", ""));
            BANDS.forEach(band -> features.add(column("vibration_" + axis + "_" + band, "mm/s")));
        }
        features.add(column("bearing_temperature", "°C"));
        features.add(column("ambient_temperature", "°C"));
        features.add(column("motor_current", "A"));
        features.add(column("speed", "1/min"));
        features.add(column("load", "%"));
        return features;
    }

    private static Feature column(String name, String unit) {
        return new Feature(name, unit, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);
    }
}
