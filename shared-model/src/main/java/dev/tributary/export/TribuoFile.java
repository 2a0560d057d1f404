package dev.tributary.export;

import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tribuo.ImmutableDataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.Transformation;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.SimpleTransform;

/**
 * A model as Tribuo's {@code TransformedModel}: subtract the mean, divide by the scale, clip, then a
 * {@code LinearSGDModel}. A missing value is a feature left out of the example: it is not transformed and counts as 0.
 * The output's scale and mean are folded into the weights.
 */
final class TribuoFile {
    private final GlobalModel model;
    private final ModelSchema schema;
    private final Standardiser standardiser;

    TribuoFile(GlobalModel model) {
        this.model = model;
        this.schema = model.schema();
        this.standardiser = schema.standardiser().orElseThrow();
    }

    void write(OutputStream out) throws IOException {
        toTribuo().serializeToStream(out);
    }

    Model<?> toTribuo() {
        ImmutableFeatureMap features = TribuoDomain.features(schema, standardiser);
        if (schema.task() == Task.CLASSIFICATION) {
            ImmutableOutputInfo<Label> labels = TribuoDomain.labels(schema);
            LinearParameters parameters = parameters(features, k -> labels.getID(new Label(name(k))));
            return transformed(new LabelFactory(), features, labels, new GivenLabelModel(features, labels, parameters));
        }
        ImmutableOutputInfo<Regressor> values = TribuoDomain.values(schema);
        LinearParameters parameters = parameters(features, k -> values.getID(new Regressor(name(k), 0)));
        return transformed(
                new RegressionFactory(), features, values, new GivenValueModel(features, values, parameters));
    }

    private String name(int output) {
        return schema.outputs().get(output);
    }

    /** The number that Tribuo gives an output. */
    private interface OutputIds {
        int of(int output);
    }

    private LinearParameters parameters(ImmutableFeatureMap features, OutputIds ids) {
        int columns = schema.features().size() + 1;
        boolean regression = schema.task() == Task.REGRESSION;
        DenseMatrix matrix = new DenseMatrix(schema.outputs().size(), columns);
        for (int k = 0; k < schema.outputs().size(); k++) {
            double scale = regression ? standardiser.outputScale().get(k) : 1;
            double mean = regression ? standardiser.outputMean().get(k) : 0;
            int row = ids.of(k);
            for (int j = 0; j < columns - 1; j++) {
                int column = features.getID(schema.features().get(j).name());
                matrix.set(row, column, model.weights().values().get(k * columns + j) * scale);
            }
            double bias = model.weights().values().get(k * columns + columns - 1);
            matrix.set(row, columns - 1, bias * scale + mean);
        }
        return new LinearParameters(matrix);
    }

    private <T extends Output<T>> Model<T> transformed(
            OutputFactory<T> factory, ImmutableFeatureMap features, ImmutableOutputInfo<T> outputs, Trainer<T> given) {
        Map<String, List<Transformation>> transformations = new LinkedHashMap<>();
        for (int j = 0; j < schema.features().size(); j++) {
            // Keys are regular expressions.
            transformations.put(Pattern.quote(schema.features().get(j).name()), standardise(j));
        }
        SimpleDataSourceProvenance source = new SimpleDataSourceProvenance(
                "Tributary model version " + model.version() + ", schema " + schema.fingerprint(), factory);
        ImmutableDataset<T> nothing = new ImmutableDataset<>(List.of(), source, factory, features, outputs, false);
        return new TransformTrainer<>(given, new TransformationMap(transformations)).train(nothing);
    }

    private List<Transformation> standardise(int feature) {
        List<Transformation> steps = new ArrayList<>();
        steps.add(SimpleTransform.sub(standardiser.featureMean().get(feature)));
        steps.add(SimpleTransform.div(standardiser.featureScale().get(feature)));
        if (Double.isFinite(schema.featureClip())) {
            steps.add(SimpleTransform.threshold(-schema.featureClip(), schema.featureClip()));
        }
        return steps;
    }
}
