package dev.tributary.model;

import dev.tributary.model.ParameterLayout.Block;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model's weights re-expressed for a schema that names the same columns in another order, or standardises them otherwise.
 *
 * <p>With z = (x − m)/s a weight w and a bias b are w·s′/s and b + Σ w·(m′ − m)/s for z′ = (x − m′)/s′, and the score of a
 * regression output times its scale plus its mean is the same value under both: the model is the same function of raw
 * readings, up to rounding. Readings that are missing or clipped count as the new schema says.
 */
public final class WeightTransfer {
    private static final int NAMED = 5;

    private final ModelSchema from;
    private final ModelSchema to;

    private WeightTransfer(ModelSchema from, ModelSchema to) {
        this.from = from;
        this.to = to;
    }

    /** Why weights under {@code from} say nothing under {@code to}, standardised or not; empty when they do. */
    public static Optional<String> refusal(ModelSchema from, ModelSchema to) {
        return new WeightTransfer(from, to).refusal();
    }

    /**
     * The weights of {@code model} under {@code to}; both schemas must be standardised.
     *
     * @throws IllegalArgumentException with the {@link #refusal}
     */
    public static Weights transfer(GlobalModel model, ModelSchema to) {
        refusal(model.schema(), to).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new WeightTransfer(model.schema(), to).transferred(model.weights());
    }

    private Optional<String> refusal() {
        if (from.task() != to.task()) {
            return Optional.of("its task must be the federation's, " + to.task() + ", was " + from.task());
        }
        if (!from.architecture().equals(to.architecture())) {
            return Optional.of(
                    "its architecture must be the federation's, " + to.architecture() + ", was " + from.architecture());
        }
        if (isDevice(from) != isDevice(to)) {
            return Optional.of("its normalization must be the federation's, " + to.normalization() + ", was "
                    + from.normalization() + ": weights over devices' own standardised features are those of no other");
        }
        if (from.featureClip() != to.featureClip()) {
            return Optional.of(
                    "its featureClip must be the federation's, " + to.featureClip() + ", was " + from.featureClip());
        }
        return different("features", columns(to), columns(from))
                .or(() -> different("outputs", to.outputs(), from.outputs()));
    }

    private static boolean isDevice(ModelSchema schema) {
        return schema.normalization() == Normalization.DEVICE;
    }

    /** Names with units: degrees of one kind are no degrees of another. */
    private static List<String> columns(ModelSchema schema) {
        return schema.features().stream()
                .map(one -> one.unit().isEmpty() ? one.name() : one.name() + " in " + one.unit())
                .toList();
    }

    private static Optional<String> different(String what, List<String> wanted, List<String> found) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(new HashSet<>(found));
        Set<String> unknown = new LinkedHashSet<>(found);
        unknown.removeAll(new HashSet<>(wanted));
        return missing.isEmpty() && unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("its " + what + " must be the federation's " + wanted.size() + "; missing "
                        + shortened(missing) + ", unknown " + shortened(unknown));
    }

    private static String shortened(Collection<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", ", "[", ""));
        return first + (names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more]" : "]");
    }

    private Weights transferred(Weights weights) {
        double[] values = weights.values().toArray();
        Block inputs = to.layout().blocks().get(0);
        double[] next = new double[values.length];
        if (to.layout().blocks().size() == 1) {
            for (int row = 0; row < inputs.rows(); row++) {
                inputs(values, from.outputs().indexOf(to.outputs().get(row)), next, row, inputs.columns());
            }
        } else {
            for (int unit = 0; unit < inputs.rows(); unit++) {
                inputs(values, unit, next, unit, inputs.columns());
            }
            outputUnits(values, next, inputs.size(), to.layout().blocks().get(1));
        }
        if (to.task() == Task.REGRESSION) {
            Block outputs = to.layout().blocks().get(to.layout().blocks().size() - 1);
            rescaleOutputs(next, to.layout().size() - outputs.size(), outputs);
        }
        return new Weights(to.layout(), Vector.of(next));
    }

    /** The row {@code target} of input weights, from the row {@code source} for the old columns. */
    private void inputs(double[] values, int source, double[] next, int target, int columns) {
        Standardiser old = from.standardiser().orElseThrow();
        Standardiser now = to.standardiser().orElseThrow();
        List<String> names = from.features().stream().map(Feature::name).toList();
        double bias = values[(source + 1) * columns - 1];
        for (int j = 0; j < columns - 1; j++) {
            int i = names.indexOf(to.features().get(j).name());
            double weight = values[source * columns + i];
            double moved = 0;
            if (!isDevice(to)) {
                double scale = old.featureScale().get(i);
                moved = weight * ((now.featureMean().get(j) - old.featureMean().get(i)) / scale);
                weight *= now.featureScale().get(j) / scale;
            }
            next[target * columns + j] = weight;
            bias += moved;
        }
        next[(target + 1) * columns - 1] = bias;
    }

    /** The rows over hidden units; the one row of two labels is the second's, whose score is the first's negative. */
    private void outputUnits(double[] values, double[] next, int begin, Block block) {
        int columns = block.columns();
        boolean isOneForTwo = block.rows() < to.outputs().size();
        double sign = isOneForTwo && !from.outputs().equals(to.outputs()) ? -1 : 1;
        for (int row = 0; row < block.rows(); row++) {
            int source = isOneForTwo ? row : from.outputs().indexOf(to.outputs().get(row));
            for (int column = 0; column < columns; column++) {
                next[begin + row * columns + column] = sign * values[begin + source * columns + column];
            }
        }
    }

    private void rescaleOutputs(double[] next, int begin, Block block) {
        Standardiser old = from.standardiser().orElseThrow();
        Standardiser now = to.standardiser().orElseThrow();
        for (int row = 0; row < block.rows(); row++) {
            int source = from.outputs().indexOf(to.outputs().get(row));
            double scale = old.outputScale().get(source) / now.outputScale().get(row);
            int bias = begin + (row + 1) * block.columns() - 1;
            for (int i = begin + row * block.columns(); i <= bias; i++) {
                next[i] *= scale;
            }
            next[bias] += (old.outputMean().get(source) - now.outputMean().get(row))
                    / now.outputScale().get(row);
        }
    }
}
