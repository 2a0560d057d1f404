package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.agent.examples.Split;
import dev.tributary.model.Feature;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classic first exercise of federated learning, made from a seed: five clients with ten training samples each, ten
 * standard normal features and two labels; and {@value #HELD_OUT_ROWS} held-out samples of a device that never trains.
 */
public enum ToyExample {
    /** Labels are drawn and mean nothing: they can be learnt by heart, and nothing can be told of others. */
    RANDOM_LABELS {
        @Override
        boolean isOn(double[] direction, double[] features, Dice dice) {
            return dice.uniform(0, 1) < 0.5;
        }
    },
    /** The label is 1 where wᵀx > 0, for one w that nobody is told. */
    SEPARABLE {
        @Override
        boolean isOn(double[] direction, double[] features, Dice dice) {
            double product = 0;
            for (int j = 0; j < features.length; j++) {
                product += direction[j] * features[j];
            }
            return product > 0;
        }
    };

    /** The number of devices that train. */
    public static final int CLIENTS = 5;
    /** The length of each one's train part. */
    public static final int TRAINING_ROWS = 10;

    static final int HELD_OUT_ROWS = 2_000;
    private static final int FEATURES = 10;
    private static final List<String> LABELS = List.of("0", "1");

    abstract boolean isOn(double[] direction, double[] features, Dice dice);

    /** The example of this name, in lower case with hyphens. */
    public static ToyExample named(String name) {
        return Arrays.stream(values())
                .filter(example -> example.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be "
                        + Arrays.stream(values()).map(ToyExample::word).collect(Collectors.joining(" or ")) + ", was \""
                        + name + "\""));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The last device takes no part in training: its rows are the held-out samples. */
    public static NewDevices heldOut() {
        return new NewDevices(CLIENTS + 1, CLIENTS);
    }

    /** All devices with all their rows; the same for the same seed on every platform. */
    public FleetData fleet(long seed) {
        List<Feature> features = IntStream.range(0, FEATURES)
                .mapToObj(j -> Feature.unbounded("x" + j))
                .toList();
        Columns columns = new Columns(features.stream().map(Feature::name).toList());
        Dice dice = new Dice(seed);
        double[] direction = normals(dice);
        List<DeviceData> devices = new ArrayList<>();
        for (int client = 1; client <= CLIENTS; client++) {
            devices.add(new DeviceData(
                    new DeviceId("client-" + client), rows(columns, direction, dice.split(), TRAINING_ROWS, true)));
        }
        devices.add(
                new DeviceData(new DeviceId("held-out"), rows(columns, direction, dice.split(), HELD_OUT_ROWS, false)));
        return new FleetData(
                true,
                Task.CLASSIFICATION,
                "label",
                Optional.empty(),
                features,
                LABELS,
                "example " + word() + " with seed " + seed + ": " + CLIENTS + " clients with " + TRAINING_ROWS
                        + " training samples each, " + HELD_OUT_ROWS + " held-out samples → classification",
                devices,
                List.of());
    }

    /** Rows until so many are there, or are in the train part, which the rule for each class decides. */
    private List<Row> rows(Columns columns, double[] direction, Dice dice, int count, boolean training) {
        List<Row> rows = new ArrayList<>();
        int[] ofLabel = new int[LABELS.size()];
        int reached = 0;
        while (reached < count) {
            double[] features = normals(dice);
            int label = isOn(direction, features, dice) ? 1 : 0;
            ofLabel[label]++;
            rows.add(Row.of(columns, features, Optional.of(LABELS.get(label))));
            reached = training
                    ? Arrays.stream(ofLabel).map(Split::trainRowsOfClass).sum()
                    : rows.size();
        }
        return rows;
    }

    private static double[] normals(Dice dice) {
        double[] values = new double[FEATURES];
        for (int j = 0; j < values.length; j++) {
            values[j] = dice.normal(1);
        }
        return values;
    }
}
