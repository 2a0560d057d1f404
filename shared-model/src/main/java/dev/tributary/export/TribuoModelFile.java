package dev.tributary.export;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.regression.Regressor;
import org.tribuo.transform.TransformedModel;

/**
 * Reads the model that a federation starts from.
 *
 * <p>Accepted is a file that Tribuo's {@code Model.serializeToFile} wrote of a {@code LinearSGDModel}
 * ({@code org.tribuo.classification.sgd.linear} for labels, {@code org.tribuo.regression.sgd.linear} for values) that
 * works in the federation's standardised space: its inputs are standardised features, its regression outputs are
 * standardised values. Its feature names and its output names must be exactly the schema's, in any order; weights are
 * matched by name. A file that {@link ModelExport} wrote is not of this form: it takes raw readings; {@link JsonModelFile} reads
 * its JSON.
 *
 * <p>Only for files that the operator trusts: Tribuo's reader loads classes that the file names, and a crafted file can
 * use up all memory. Never give it bytes from the network.
 */
public final class TribuoModelFile {
    private TribuoModelFile() {}

    /**
     * The weights in {@code file}, in the order of {@code schema}.
     *
     * @throws IllegalArgumentException naming the file and what does not fit
     */
    public static Weights readWeights(Path file, ModelSchema schema) {
        if (!(schema.architecture() instanceof Architecture.Linear)) {
            throw new IllegalArgumentException(file + ": must not be given to a perceptron: it holds a linear model");
        }
        Model<?> model = read(file);
        boolean classification = schema.task() == Task.CLASSIFICATION;
        Class<?> expected = classification
                ? org.tribuo.classification.sgd.linear.LinearSGDModel.class
                : org.tribuo.regression.sgd.linear.LinearSGDModel.class;
        if (!expected.isInstance(model)) {
            throw new IllegalArgumentException(file + ": model must be a " + expected.getName() + ", was a "
                    + model.getClass().getName()
                    + (model instanceof TransformedModel
                            ? "; of a model that takes raw readings give its JSON export"
                            : ""));
        }
        AbstractLinearSGDModel<?> linear = (AbstractLinearSGDModel<?>) model;
        ImmutableFeatureMap features = linear.getFeatureIDMap();
        List<String> names = schema.features().stream().map(Feature::name).toList();
        requireSame(file, "features", names, features.keySet());
        Set<String> outputs = linear.getOutputIDInfo().getDomain().stream()
                .map(output -> output instanceof Label label ? label.getLabel() : ((Regressor) output).getNames()[0])
                .collect(Collectors.toSet());
        requireSame(file, "outputs", schema.outputs(), outputs);

        DenseMatrix matrix = linear.getWeightsCopy();
        int columns = names.size() + 1;
        if (matrix.getDimension1Size() != schema.outputs().size() || matrix.getDimension2Size() != columns) {
            throw new IllegalArgumentException(
                    file + ": weights must be " + schema.outputs().size() + " x " + columns + ", were "
                            + matrix.getDimension1Size() + " x " + matrix.getDimension2Size());
        }
        double[] values = new double[schema.layout().size()];
        for (int k = 0; k < schema.outputs().size(); k++) {
            int row = classification
                    ? labelId(linear, schema.outputs().get(k))
                    : valueId(linear, schema.outputs().get(k));
            for (int j = 0; j < columns - 1; j++) {
                values[k * columns + j] = matrix.get(row, features.getID(names.get(j)));
            }
            values[k * columns + columns - 1] = matrix.get(row, columns - 1);
        }
        Vector vector = Vector.of(values);
        if (!vector.isFinite()) {
            throw new IllegalArgumentException(file + ": weights must be finite");
        }
        return new Weights(schema.layout(), vector);
    }

    private static Model<?> read(Path file) {
        try {
            return Model.deserializeFromFile(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": must be a readable Tribuo model file: " + e, e);
        } catch (RuntimeException e) {
            // Tribuo answers a file of another kind with whatever its parser stumbles over first.
            throw new IllegalArgumentException(file + ": must be a Tribuo model file: " + e.getMessage(), e);
        }
    }

    private static void requireSame(Path file, String what, List<String> wanted, Set<String> found) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        Set<String> unknown = new TreeSet<>(found);
        wanted.forEach(unknown::remove);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + what + " must be the federation's " + wanted.size()
                    + "; missing " + shortened(missing) + ", unknown " + shortened(unknown));
        }
    }

    private static String shortened(Set<String> names) {
        String first = names.stream().limit(5).collect(Collectors.joining(", ", "[", ""));
        return first + (names.size() > 5 ? ", and " + (names.size() - 5) + " more]" : "]");
    }

    @SuppressWarnings("unchecked") // the caller checked the model's class
    private static int labelId(AbstractLinearSGDModel<?> model, String name) {
        return ((ImmutableOutputInfo<Label>) model.getOutputIDInfo()).getID(new Label(name));
    }

    @SuppressWarnings("unchecked") // the caller checked the model's class
    private static int valueId(AbstractLinearSGDModel<?> model, String name) {
        return ((ImmutableOutputInfo<Regressor>) model.getOutputIDInfo()).getID(new Regressor(name, 0));
    }
}
