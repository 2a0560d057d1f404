package dev.tributary.learning;

import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.util.List;

/** A linear model in plain arithmetic: standardise, missing to 0, clip, W·x + b, then softmax or real units. */
public final class LinearPredictor implements Predictor {
    private final GlobalModel model;
    private final Standardiser standardiser;
    private final LinearMap map;
    private final double[] weights;

    private LinearPredictor(GlobalModel model) {
        ModelSchema schema = model.schema();
        if (!model.weights().layout().equals(schema.layout())) {
            throw new IllegalArgumentException("layout must be " + schema.layout() + ", was "
                    + model.weights().layout());
        }
        this.model = model;
        this.standardiser = schema.standardiser()
                .orElseThrow(() -> new IllegalArgumentException("schema must have a standardiser, had none"));
        this.map = new LinearMap(schema.outputs().size(), schema.features().size() + 1);
        this.weights = model.weights().values().toArray();
    }

    /** The predictor of this model, whose schema must have a standardiser. */
    public static LinearPredictor of(GlobalModel model) {
        return new LinearPredictor(model);
    }

    @Override
    public GlobalModel model() {
        return model;
    }

    @Override
    public Vector predict(double[] raw) {
        double[] scores = new double[map.outputs()];
        score(raw, new double[map.columns()], scores);
        if (model.schema().task() == Task.CLASSIFICATION) {
            Scores.softmax(scores);
        } else {
            toRealUnits(scores);
        }
        return Vector.of(scores);
    }

    @Override
    public Evaluation evaluate(List<Examples.RawExample> rows) {
        return model.schema().task() == Task.CLASSIFICATION ? evaluateLabels(rows) : evaluateValues(rows);
    }

    private Evaluation evaluateLabels(List<Examples.RawExample> rows) {
        long[][] confusion = new long[map.outputs()][map.outputs()];
        double[] features = new double[map.columns()];
        double[] scores = new double[map.outputs()];
        double loss = 0;
        for (Examples.RawExample row : rows) {
            double label = row.target()[0];
            if (!(label >= 0 && label < map.outputs())) {
                throw new IllegalArgumentException("label must be in [0, " + map.outputs() + "), was " + label);
            }
            score(row.features(), features, scores);
            confusion[(int) label][Scores.best(scores)]++;
            loss += Scores.logLoss(scores, (int) label);
        }
        return Evaluation.ofDevice(confusion, loss);
    }

    private Evaluation evaluateValues(List<Examples.RawExample> rows) {
        double[][] truth = new double[rows.size()][];
        double[][] predicted = new double[rows.size()][map.outputs()];
        double[] features = new double[map.columns()];
        double loss = 0;
        for (int i = 0; i < rows.size(); i++) {
            truth[i] = rows.get(i).target();
            score(rows.get(i).features(), features, predicted[i]);
            for (int k = 0; k < map.outputs(); k++) {
                double error = predicted[i][k] - standardiser.output(k, truth[i][k]);
                loss += error * error;
            }
            toRealUnits(predicted[i]);
        }
        return Evaluation.ofDevice(truth, predicted, map.outputs(), loss);
    }

    private void score(double[] raw, double[] features, double[] scores) {
        int count = map.columns() - 1;
        if (raw.length != count) {
            throw new IllegalArgumentException("raw must have " + count + " features, had " + raw.length);
        }
        double clip = model.schema().featureClip();
        for (int j = 0; j < count; j++) {
            features[j] = standardiser.feature(j, raw[j], clip);
        }
        features[count] = 1;
        map.apply(weights, features, scores);
    }

    private void toRealUnits(double[] scores) {
        for (int k = 0; k < scores.length; k++) {
            scores[k] = standardiser.rawOutput(k, scores[k]);
        }
    }
}
