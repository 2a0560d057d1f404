package dev.tributary.wire;

import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.TrainingPlan.LocalOptimizer;
import dev.tributary.model.TrainingPlan.Objective;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.wire.proto.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Schema and training plan, both ways. */
final class SchemaMapper {
    private SchemaMapper() {}

    static Schema toWire(ModelSchema schema) {
        Schema.Builder wire = Schema.newBuilder()
                .setRevision(schema.revision())
                .setTaskValue(Enums.toWire(schema.task()))
                .addAllOutputs(schema.outputs())
                .setFeatureClip(schema.featureClip());
        if (schema.normalization() != Normalization.GLOBAL) {
            wire.setNormalizationValue(Enums.toWire(schema.normalization()));
        }
        if (schema.architecture() instanceof Architecture.Perceptron perceptron) {
            wire.setHiddenUnits(perceptron.hiddenUnits());
        }
        for (Feature feature : schema.features()) {
            var builder = wire.addFeaturesBuilder()
                    .setName(feature.name())
                    .setUnit(feature.unit())
                    .setRequired(feature.required());
            if (Double.isFinite(feature.minimum())) {
                builder.setMinimum(feature.minimum());
            }
            if (Double.isFinite(feature.maximum())) {
                builder.setMaximum(feature.maximum());
            }
        }
        schema.standardiser()
                .ifPresent(s -> wire.getStandardiserBuilder()
                        .addAllFeatureMean(list(s.featureMean()))
                        .addAllFeatureScale(list(s.featureScale()))
                        .addAllOutputMean(list(s.outputMean()))
                        .addAllOutputScale(list(s.outputScale())));
        return wire.build();
    }

    static ModelSchema fromWire(Schema wire) {
        if (wire.getFeaturesCount() > Limits.FEATURES || wire.getOutputsCount() > Limits.OUTPUTS) {
            throw new MalformedMessageException("schema must have at most " + Limits.FEATURES + " features and "
                    + Limits.OUTPUTS + " outputs, had " + wire.getFeaturesCount() + " and " + wire.getOutputsCount());
        }
        Task task = Enums.fromWire("task", wire.getTask(), Task.values());
        Architecture architecture = architecture(wire);
        long weights = architecture.size(task, wire.getFeaturesCount(), wire.getOutputsCount());
        if (weights > Limits.WEIGHTS) {
            throw new MalformedMessageException(
                    "schema must have at most " + Limits.WEIGHTS + " weights, had " + weights);
        }
        List<Feature> features = new ArrayList<>(wire.getFeaturesCount());
        for (var feature : wire.getFeaturesList()) {
            features.add(new Feature(
                    name("feature", feature.getName()),
                    feature.getUnit(),
                    feature.hasMinimum() ? feature.getMinimum() : Double.NEGATIVE_INFINITY,
                    feature.hasMaximum() ? feature.getMaximum() : Double.POSITIVE_INFINITY,
                    feature.getRequired()));
        }
        wire.getOutputsList().forEach(output -> name("output", output));
        Optional<Standardiser> standardiser = wire.hasStandardiser()
                ? Optional.of(new Standardiser(
                        vector(wire.getStandardiser().getFeatureMeanList()),
                        vector(wire.getStandardiser().getFeatureScaleList()),
                        vector(wire.getStandardiser().getOutputMeanList()),
                        vector(wire.getStandardiser().getOutputScaleList())))
                : Optional.empty();
        return new ModelSchema(
                wire.getRevision(),
                task,
                features,
                wire.getOutputsList(),
                standardiser,
                wire.getFeatureClip(),
                wire.getNormalization() == dev.tributary.wire.proto.Normalization.NORMALIZATION_UNSPECIFIED
                        ? Normalization.GLOBAL
                        : Enums.fromWire("normalization", wire.getNormalization(), Normalization.values()),
                architecture);
    }

    private static Architecture architecture(Schema wire) {
        return wire.getHiddenUnits() == 0 ? Architecture.LINEAR : new Architecture.Perceptron(wire.getHiddenUnits());
    }

    static dev.tributary.wire.proto.TrainingPlan toWire(TrainingPlan plan) {
        var wire = dev.tributary.wire.proto.TrainingPlan.newBuilder()
                .setLocalEpochs(plan.localEpochs())
                .setBatchSize(plan.batchSize())
                .setLocalOptimizerValue(Enums.toWire(plan.localOptimizer()))
                .setMomentum(plan.momentum())
                .setObjectiveValue(Enums.toWire(plan.objective()))
                .setMinimumExamples(plan.minimumExamples());
        if (Double.isFinite(plan.residualClip())) {
            wire.setResidualClip(plan.residualClip());
        }
        plan.ridge().ifPresent(wire::setRidge);
        if (plan.solver() != TrainingPlan.Solver.SGD) {
            wire.setSolverValue(Enums.toWire(plan.solver()));
        }
        wire.setProximalMu(plan.proximalMu()).setPersonalEpochs(plan.personalEpochs());
        return wire.build();
    }

    static TrainingPlan fromWire(dev.tributary.wire.proto.TrainingPlan wire) {
        return new TrainingPlan(
                wire.getLocalEpochs(),
                wire.getBatchSize(),
                Enums.fromWire("localOptimizer", wire.getLocalOptimizer(), LocalOptimizer.values()),
                wire.getMomentum(),
                Enums.fromWire("objective", wire.getObjective(), Objective.values()),
                wire.hasResidualClip() ? wire.getResidualClip() : Double.POSITIVE_INFINITY,
                wire.getMinimumExamples(),
                wire.getProximalMu(),
                wire.getPersonalEpochs(),
                wire.getSolver() == dev.tributary.wire.proto.Solver.SOLVER_UNSPECIFIED
                        ? TrainingPlan.Solver.SGD
                        : Enums.fromWire("solver", wire.getSolver(), TrainingPlan.Solver.values()),
                wire.hasRidge() ? OptionalDouble.of(wire.getRidge()) : OptionalDouble.empty());
    }

    private static String name(String field, String value) {
        if (value.isBlank() || value.length() > Limits.NAME_CHARACTERS) {
            throw new MalformedMessageException(
                    field + " name must have 1 to " + Limits.NAME_CHARACTERS + " characters, had " + value.length());
        }
        return value;
    }

    private static Vector vector(List<Double> values) {
        return Vector.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<Double> list(Vector vector) {
        List<Double> values = new ArrayList<>(vector.length());
        for (int i = 0; i < vector.length(); i++) {
            values.add(vector.get(i));
        }
        return values;
    }
}
