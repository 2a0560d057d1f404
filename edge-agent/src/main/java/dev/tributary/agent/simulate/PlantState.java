package dev.tributary.agent.simulate;

import java.util.Locale;

/**
 * A condition of a rotating machine, and what it adds at severity 1: to the natural logarithms of vibration bands, to
 * kurtosis, to temperature in K, and to current in percent. The pattern is that of textbooks on condition monitoring:
 * imbalance shows at the speed of rotation, misalignment at twice that, looseness at half, a worn bearing far above.
 */
enum PlantState {
    BEARING_WEAR(0.10, 0.05, 0.20, 1.05, 1.30, 5.0, 3.0),
    IMBALANCE(0.95, 0.15, 0.05, 0.05, 0.00, 0.5, 1.5),
    LOOSENESS(0.30, 0.45, 1.00, 0.25, 0.60, 0.5, 0.5),
    MISALIGNMENT(0.30, 0.95, 0.10, 0.10, 0.10, 2.5, 6.0),
    NORMAL(0, 0, 0, 0, 0, 0, 0);

    private final double once;
    private final double twice;
    private final double half;
    private final double bearing;
    private final double kurtosis;
    private final double temperature;
    private final double current;

    PlantState(
            double once,
            double twice,
            double half,
            double bearing,
            double kurtosis,
            double temperature,
            double current) {
        this.once = once;
        this.twice = twice;
        this.half = half;
        this.bearing = bearing;
        this.kurtosis = kurtosis;
        this.temperature = temperature;
        this.current = current;
    }

    /** The label. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The share of time that an average machine spends so. */
    double share() {
        return this == NORMAL ? 0.4 : 0.15;
    }

    /** Added to the logarithm of a band, by its position in {@link PlantSensor#BANDS}. */
    double band(int band) {
        return switch (band) {
            case 0 -> once;
            case 1 -> twice;
            case 2 -> half;
            default -> bearing;
        };
    }

    double kurtosis() {
        return kurtosis;
    }

    double temperatureKelvin() {
        return temperature;
    }

    double currentPercent() {
        return current;
    }
}
