package dev.tributary.learning;

import dev.tributary.model.Evaluation;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.util.List;

/**
 * A model in plain arithmetic: standardise, missing to 0, clip, the architecture's scores, then softmax or real units.
 */
final class ModelPredictor implements Predictor {
    private final GlobalModel model;
    private final Standardiser standardiser;
    private final ScoreFunction function;
    private final double[] weights;

    ModelPredictor(GlobalModel model) {
        ModelSchema schema = model.schema();
        if (!model.weights().layout().equals(schema.layout())) {
            throw new IllegalArgumentException("layout must be " + schema.layout() + ", was "
                    + model.weights().layout());
        }
        this.model = model;
        this.standardiser = schema.standardiser()
                .orElseThrow(() -> new IllegalArgumentException("schema must have a standardiser, had none"));
        this.function = ScoreFunction.of(schema.layout(), schema.task());
        this.weights = model.weights().values().toArray();
    }

    @Override
    public GlobalModel model() {
        return model;
    }

    @Override
    public Vector predict(double[] raw) {
        double[] scores = new double[function.outputs()];
        score(raw, new double[function.columns()], new double[function.hiddenLength()], scores);
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
        long[][] confusion = new long[function.outputs()][function.outputs()];
        double[] features = new double[function.columns()];
        double[] hidden = new double[function.hiddenLength()];
        double[] scores = new double[function.outputs()];
        double loss = 0;
        for (Examples.RawExample row : rows) {
            double label = row.target()[0];
            if (!(label >= 0 && label < function.outputs())) {
                throw new IllegalArgumentException("label must be in [0, " + function.outputs() + "), was " + label);
            }
            score(row.features(), features, hidden, scores);
            confusion[(int) label][Scores.best(scores)]++;
            loss += Scores.logLoss(scores, (int) label);
        }
        return Evaluation.ofDevice(confusion, loss);
    }

    private Evaluation evaluateValues(List<Examples.RawExample> rows) {
        double[][] truth = new double[rows.size()][];
        double[][] predicted = new double[rows.size()][function.outputs()];
        double[] features = new double[function.columns()];
        double[] hidden = new double[function.hiddenLength()];
        double loss = 0;
        for (int i = 0; i < rows.size(); i++) {
            truth[i] = rows.get(i).target();
            score(rows.get(i).features(), features, hidden, predicted[i]);
            for (int k = 0; k < function.outputs(); k++) {
                double error = predicted[i][k] - standardiser.output(k, truth[i][k]);
                loss += error * error;
            }
            toRealUnits(predicted[i]);
        }
        return Evaluation.ofDevice(truth, predicted, function.outputs(), loss);
    }

    private void score(double[] raw, double[] features, double[] hidden, double[] scores) {
        int count = function.columns() - 1;
        if (raw.length != count) {
            throw new IllegalArgumentException("raw must have " + count + " features, had " + raw.length);
        }
        double clip = model.schema().featureClip();
        for (int j = 0; j < count; j++) {
            features[j] = standardiser.feature(j, raw[j], clip);
        }
        features[count] = 1;
        function.apply(weights, features, hidden, scores);
    }

    private void toRealUnits(double[] scores) {
        for (int k = 0; k < scores.length; k++) {
            scores[k] = standardiser.rawOutput(k, scores[k]);
        }
    }
}
