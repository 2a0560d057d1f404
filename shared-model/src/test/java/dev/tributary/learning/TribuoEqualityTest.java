package dev.tributary.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableDataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.RealInfo;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.LabelObjective;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.RegressionObjective;
import org.tribuo.regression.sgd.objectives.AbsoluteLoss;
import org.tribuo.regression.sgd.objectives.Huber;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** At batch size 1 the trainer gives the bits that Tribuo's own trainer gives. */
class TribuoEqualityTest {
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");
    private static final int EPOCHS = 3;
    private static final double RATE = 0.05;
    private static final long SEED = 20;

    static Stream<Arguments> everyPlan() {
        return Stream.of(
                Arguments.of(Objective.LOG, LocalOptimizer.SGD),
                Arguments.of(Objective.LOG, LocalOptimizer.MOMENTUM),
                Arguments.of(Objective.LOG, LocalOptimizer.NESTEROV),
                Arguments.of(Objective.LOG, LocalOptimizer.ADAGRAD),
                Arguments.of(Objective.HINGE, LocalOptimizer.SGD),
                Arguments.of(Objective.HINGE, LocalOptimizer.ADAGRAD),
                Arguments.of(Objective.SQUARED, LocalOptimizer.SGD),
                Arguments.of(Objective.SQUARED, LocalOptimizer.MOMENTUM),
                Arguments.of(Objective.SQUARED, LocalOptimizer.NESTEROV),
                Arguments.of(Objective.SQUARED, LocalOptimizer.ADAGRAD),
                Arguments.of(Objective.ABSOLUTE, LocalOptimizer.SGD),
                Arguments.of(Objective.HUBER, LocalOptimizer.NESTEROV));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyPlan")
    void train_batchOfOne_equalsTribuosTrainerBitForBit(Objective objective, LocalOptimizer optimizer) {
        TRIBUO.setLevel(Level.WARNING);
        ModelSchema schema = Fleet.schema(objective.task(), 7, 5);
        List<Examples.RawExample> rows = Fleet.rows(schema, 200, 3);
        Weights start = Fleet.start(schema, 11);

        TrainingOutcome outcome = new DescentTrainer()
                .train(
                        start,
                        Examples.standardised(schema, rows),
                        Fleet.plan(objective, optimizer, EPOCHS, 1),
                        RATE,
                        new Seed(SEED));

        Vector delta = ((TrainingOutcome.Trained) outcome).delta();
        DenseMatrix tribuo = objective.task() == Task.CLASSIFICATION
                ? labels(objective, optimiser(optimizer), schema, rows, matrix(start))
                : values(objective, optimiser(optimizer), schema, rows, matrix(start));
        double[] expected = new double[delta.length()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = tribuo.get(i / 8, i % 8) - start.values().get(i);
        }
        assertThat(delta).isEqualTo(Vector.of(expected));
        assertThat(delta.norm()).isPositive();
    }

    private static StochasticGradientOptimiser optimiser(LocalOptimizer optimizer) {
        return switch (optimizer) {
            case SGD -> SGD.getSimpleSGD(RATE);
            case MOMENTUM -> SGD.getSimpleSGD(RATE, 0.9, SGD.Momentum.STANDARD);
            case NESTEROV -> SGD.getSimpleSGD(RATE, 0.9, SGD.Momentum.NESTEROV);
            case ADAGRAD -> new AdaGrad(RATE);
        };
    }

    private static DenseMatrix matrix(Weights weights) {
        DenseMatrix matrix = new DenseMatrix(5, 8);
        for (int i = 0; i < weights.values().length(); i++) {
            matrix.set(i / 8, i % 8, weights.values().get(i));
        }
        return matrix;
    }

    private static DenseMatrix labels(
            Objective objective,
            StochasticGradientOptimiser optimiser,
            ModelSchema schema,
            List<Examples.RawExample> rows,
            DenseMatrix start) {
        LabelFactory factory = new LabelFactory();
        Map<Label, Integer> ids = new LinkedHashMap<>();
        schema.outputs().forEach(name -> ids.put(new Label(name), ids.size()));
        List<Example<Label>> examples = new ArrayList<>();
        for (Examples.RawExample row : rows) {
            examples.add(example(schema, row, new Label(schema.outputs().get((int) row.target()[0]))));
        }
        LabelObjective loss = objective == Objective.LOG ? new LogMulticlass() : new Hinge();
        var trainer = new org.tribuo.classification.sgd.linear.LinearSGDTrainer(loss, optimiser, EPOCHS, -1, 1, SEED) {
            @Override
            protected LinearParameters createParameters(int features, int outputs, SplittableRandom random) {
                return new LinearParameters(start);
            }
        };
        return trainer.train(dataset(schema, examples, factory, factory.constructInfoForExternalModel(ids)))
                .getWeightsCopy();
    }

    private static DenseMatrix values(
            Objective objective,
            StochasticGradientOptimiser optimiser,
            ModelSchema schema,
            List<Examples.RawExample> rows,
            DenseMatrix start) {
        RegressionFactory factory = new RegressionFactory();
        Map<Regressor, Integer> ids = new LinkedHashMap<>();
        schema.outputs().forEach(name -> ids.put(new Regressor(name, 0), ids.size()));
        String[] names = schema.outputs().toArray(new String[0]);
        List<Example<Regressor>> examples = new ArrayList<>();
        for (Examples.RawExample row : rows) {
            examples.add(example(schema, row, new Regressor(names, row.target())));
        }
        RegressionObjective loss = switch (objective) {
            case SQUARED -> new SquaredLoss();
            case HUBER -> new Huber(1);
            default -> new AbsoluteLoss();
        };
        var trainer = new org.tribuo.regression.sgd.linear.LinearSGDTrainer(loss, optimiser, EPOCHS, -1, 1, SEED) {
            @Override
            protected LinearParameters createParameters(int features, int outputs, SplittableRandom random) {
                return new LinearParameters(start);
            }
        };
        return trainer.train(dataset(schema, examples, factory, factory.constructInfoForExternalModel(ids)))
                .getWeightsCopy();
    }

    private static <T extends Output<T>> Example<T> example(ModelSchema schema, Examples.RawExample row, T output) {
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < row.features().length; j++) {
            features.add(new Feature(schema.features().get(j).name(), row.features()[j]));
        }
        return new ArrayExample<>(output, features);
    }

    private static <T extends Output<T>> ImmutableDataset<T> dataset(
            ModelSchema schema, List<Example<T>> examples, OutputFactory<T> factory, ImmutableOutputInfo<T> outputs) {
        List<VariableInfo> infos = new ArrayList<>();
        schema.features().forEach(feature -> infos.add(new RealInfo(feature.name(), 1)));
        return new ImmutableDataset<>(
                examples,
                new SimpleDataSourceProvenance("test", factory),
                factory,
                new ImmutableFeatureMap(infos),
                outputs,
                false);
    }
}
