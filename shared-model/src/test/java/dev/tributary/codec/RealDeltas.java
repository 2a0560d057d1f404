package dev.tributary.codec;

import dev.tributary.learning.DescentTrainer;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.TrainingOutcome;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What devices send: the deltas of a few rounds of plain FedAvg over a folder of CSV files, one for each device. */
final class RealDeltas {
    private static final int DEVICES = 40;
    /** With products: of columns up to so far apart, squares included. */
    private static final int MOST_DISTANCE = 2;

    private static final String TIME = "time";

    private final ModelSchema schema;
    private final TrainingPlan plan;
    private final double rate;
    private final List<Examples> devices = new ArrayList<>();

    private RealDeltas(Path folder, boolean withProducts) throws IOException {
        List<List<String[]>> tables = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".csv.gz"))
                    .sorted()
                    .limit(DEVICES)
                    .toList()) {
                tables.add(read(file));
            }
        }
        int first = tables.get(0).get(0)[0].equals(TIME) ? 1 : 0;
        int last = tables.get(0).get(0).length - 1;
        TreeSet<String> values = new TreeSet<>();
        tables.forEach(table -> table.stream().skip(1).forEach(row -> values.add(row[last])));
        boolean isLabel = values.stream().noneMatch(value -> value.matches("[-0-9.].*"));
        List<String> labels = isLabel ? List.copyOf(values) : List.of("value");
        List<List<RawExample>> rows = new ArrayList<>();
        for (List<String[]> table : tables) {
            rows.add(table.stream()
                    .skip(1)
                    .filter(row -> !row[last].isEmpty())
                    .map(row -> new RawExample(
                            features(Arrays.copyOfRange(row, first, last), withProducts),
                            new double[] {isLabel ? labels.indexOf(row[last]) : Double.parseDouble(row[last])}))
                    .toList());
        }
        this.schema = schema(
                isLabel ? Task.CLASSIFICATION : Task.REGRESSION,
                rows.get(0).get(0).features().length,
                labels,
                rows);
        this.plan = new TrainingPlan(
                isLabel ? 10 : 5,
                isLabel ? 32 : 0,
                LocalOptimizer.SGD,
                0,
                isLabel ? Objective.LOG : Objective.SQUARED,
                isLabel ? Double.POSITIVE_INFINITY : 5,
                1);
        this.rate = isLabel ? 0.5 : 0.02;
        rows.forEach(table -> devices.add(Examples.standardised(schema, table)));
    }

    private static double[] features(String[] cells, boolean withProducts) {
        double[] plain = Arrays.stream(cells)
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
        if (!withProducts) {
            return plain;
        }
        List<Double> all = new ArrayList<>();
        for (double value : plain) {
            all.add(value);
        }
        for (int distance = 0; distance <= MOST_DISTANCE; distance++) {
            for (int j = distance; j < plain.length; j++) {
                all.add(plain[j] * plain[j - distance]);
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<String[]> read(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return in.lines().map(line -> line.split(",", -1)).toList();
        }
    }

    private static ModelSchema schema(Task task, int features, List<String> outputs, List<List<RawExample>> devices) {
        boolean isRegression = task == Task.REGRESSION;
        double[][] columns = new double[4][isRegression ? features + 1 : features];
        for (int j = 0; j < columns[0].length; j++) {
            int column = j;
            double[] known = devices.stream()
                    .flatMap(List::stream)
                    .mapToDouble(row -> column < features ? row.features()[column] : row.target()[0])
                    .filter(Double::isFinite)
                    .toArray();
            double mean = Arrays.stream(known).average().orElseThrow();
            double square = Arrays.stream(known)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow();
            columns[0][j] = mean;
            columns[1][j] = square == 0 ? 1 : Math.sqrt(square);
        }
        return new ModelSchema(
                1,
                task,
                IntStream.range(0, features)
                        .mapToObj(j -> Feature.unbounded("x" + j))
                        .toList(),
                outputs,
                Optional.of(new Standardiser(
                        Vector.of(Arrays.copyOf(columns[0], features)),
                        Vector.of(Arrays.copyOf(columns[1], features)),
                        isRegression ? Vector.of(columns[0][features]) : Vector.zeros(0),
                        isRegression ? Vector.of(columns[1][features]) : Vector.zeros(0))),
                isRegression ? 20 : 3);
    }

    /** The deltas of the devices of {@code folder} in the rounds 0, 5 and 10. */
    static List<Vector> of(Path folder, boolean withProducts) throws IOException {
        return new RealDeltas(folder, withProducts).deltas();
    }

    private List<Vector> deltas() {
        List<Vector> kept = new ArrayList<>();
        Weights global = Weights.zeros(schema.layout());
        DescentTrainer trainer = new DescentTrainer();
        for (int round = 0; round <= 10; round++) {
            double now = schema.task() == Task.REGRESSION ? rate / (1 + 0.1 * round) : rate;
            Vector sum = Vector.zeros(schema.layout().size());
            long total = 0;
            for (int i = 0; i < devices.size(); i++) {
                TrainingOutcome outcome = trainer.train(global, devices.get(i), plan, now, new Seed(round * 1000L + i));
                TrainingOutcome.Trained trained = (TrainingOutcome.Trained) outcome;
                if (round % 5 == 0) {
                    kept.add(trained.delta());
                }
                sum = sum.plus(scaled(trained.delta(), trained.exampleCount()));
                total += trained.exampleCount();
            }
            global = global.plus(scaled(sum, 1.0 / total));
        }
        return kept;
    }

    private static Vector scaled(Vector vector, double factor) {
        return Vector.of(
                Arrays.stream(vector.toArray()).map(value -> value * factor).toArray());
    }
}
