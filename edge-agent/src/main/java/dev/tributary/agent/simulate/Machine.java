package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One machine of the plant: what is its own (gain and bias of each sensor, noise, usual speed and load, mix of states),
 * and the rows that it measures. A state lasts for a run of rows under one speed and load and with one severity.
 */
final class Machine {
    private static final List<PlantState> STATES = List.of(PlantState.values());
    private static final int ROWS = 240;
    private static final int SHORTEST_RUN = 4;
    private static final int LONGEST_RUN = 12;
    private static final double MISSING_SHARE = 0.002;
    private static final double EVEN_MIX = 40;

    private final Dice dice;
    private final double[] logGain;
    private final double[] mix;
    private final double noise;
    private final double kurtosisBias;
    private final double temperatureBias;
    private final double currentGain;
    private final double usualSpeed;
    private final double drift;

    /** A machine that draws all that is its own from {@code dice}. */
    Machine(PlantSettings settings, Dice dice) {
        this.dice = dice;
        double spread = settings.heterogeneity();
        this.logGain = new double[PlantSensor.AXES.size() * PlantSensor.BANDS.size()];
        double mounting = dice.normal(0.10 * spread);
        for (int i = 0; i < logGain.length; i++) {
            logGain[i] = mounting + dice.normal(0.10 * spread);
        }
        this.mix = mix(dice, spread);
        this.noise = StrictMath.exp(dice.normal(0.3 * spread));
        this.kurtosisBias = dice.normal(0.2 * spread);
        this.temperatureBias = dice.normal(4 * spread);
        this.currentGain = StrictMath.exp(dice.normal(0.3 * spread));
        this.usualSpeed = 1480 + dice.normal(160 * spread);
        this.drift = settings.drift() * dice.uniform(0.5, 1) * (dice.uniform(0, 1) < 0.5 ? -1 : 1);
    }

    /** A draw of Dirichlet's distribution about the average machine's shares. */
    private static double[] mix(Dice dice, double spread) {
        double concentration = spread == 0 ? EVEN_MIX : StrictMath.min(EVEN_MIX, 1 + 5 * (1 - spread) / spread);
        double[] mix = new double[STATES.size()];
        double sum = 0;
        for (int k = 0; k < mix.length; k++) {
            mix[k] = dice.gamma(concentration * STATES.get(k).share());
            sum += mix[k];
        }
        for (int k = 0; k < mix.length; k++) {
            mix[k] /= sum;
        }
        return mix;
    }

    /** All rows, in time order. */
    List<Row> rows(Columns columns) {
        List<Row> rows = new ArrayList<>(ROWS);
        while (rows.size() < ROWS) {
            PlantState state = STATES.get(dice.pick(mix));
            int length = (int) dice.uniform(SHORTEST_RUN, LONGEST_RUN + 1);
            Run run = new Run(
                    state,
                    dice.uniform(0.45, 1.35),
                    usualSpeed + dice.normal(70),
                    dice.uniform(40, 100),
                    dice.uniform(12, 30));
            for (int i = 0; i < length && rows.size() < ROWS; i++) {
                double age = drift * rows.size() / ROWS;
                rows.add(Row.of(columns, measure(run, age), Optional.of(state.label())));
            }
        }
        return rows;
    }

    private record Run(PlantState state, double severity, double speed, double load, double ambient) {}

    private double[] measure(Run run, double age) {
        double[] values = new double[PlantSensor.features().size()];
        double load = run.load() + dice.normal(2);
        double speed = run.speed() * (1 - 0.0002 * (load - 70)) + dice.normal(3);
        double severity = run.severity() * StrictMath.exp(dice.normal(0.2));
        PlantState state = run.state();
        int at = 0;
        for (int axis = 0; axis < PlantSensor.AXES.size(); axis++) {
            at = vibration(values, at, axis, state, severity, speed, load, age);
        }
        values[at++] = run.ambient()
                + 22
                + 0.12 * load
                + temperatureBias
                + severity * state.temperatureKelvin()
                + 6 * age
                + dice.normal(1.2 * noise);
        values[at++] = run.ambient() + dice.normal(0.3);
        values[at++] = currentGain
                * (4 + 0.09 * load)
                * (1 + 0.01 * severity * state.currentPercent())
                * StrictMath.exp(dice.normal(0.02 * noise));
        values[at++] = speed;
        values[at] = load;
        for (int i = 0; i < values.length; i++) {
            boolean missing = dice.uniform(0, 1) < MISSING_SHARE;
            values[i] = missing ? Double.NaN : StrictMath.rint(values[i] * 1000) / 1000;
        }
        return values;
    }

    private int vibration(
            double[] values,
            int from,
            int axis,
            PlantState state,
            double severity,
            double speed,
            double load,
            double age) {
        int bands = PlantSensor.BANDS.size();
        double power = 0;
        for (int band = 0; band < bands; band++) {
            double base = band == 0 ? 0.2 : band == 1 ? -0.5 : band == 2 ? -1.0 : -0.6;
            double log = base
                    + logGain[axis * bands + band]
                    + severity * state.band(band) * (axis == 0 || band != 1 ? 1 : 1.15)
                    + 1.2 * StrictMath.log(speed / 1480)
                    + 0.002 * (load - 70)
                    + 0.5 * age
                    + dice.normal(0.30 * noise);
            double amplitude = StrictMath.exp(log);
            values[from + 3 + band] = amplitude;
            power += amplitude * amplitude;
        }
        double kurtosis =
                StrictMath.max(1.5, 3 + kurtosisBias + severity * state.kurtosis() + dice.normal(0.35 * noise));
        double rms = StrictMath.sqrt(power);
        values[from] = rms * StrictMath.exp(dice.normal(0.03));
        values[from + 1] = rms * (1.6 + 0.5 * kurtosis) * StrictMath.exp(dice.normal(0.08 * noise));
        values[from + 2] = kurtosis;
        return from + 3 + bands;
    }
}
