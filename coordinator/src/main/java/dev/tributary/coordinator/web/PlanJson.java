package dev.tributary.coordinator.web;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.coordinator.aggregation.CoordinateMedian;
import dev.tributary.coordinator.aggregation.MultiKrum;
import dev.tributary.coordinator.aggregation.RobustRule;
import dev.tributary.coordinator.aggregation.TrimmedMean;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A federation's schema and plan as JSON, with the words of its file. */
final class PlanJson {
    private PlanJson() {}

    static Map<String, Object> schema(ModelSchema schema) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("revision", schema.revision());
        json.put("fingerprint", schema.fingerprint().toString());
        json.put("task", schema.task().name());
        json.put("features", schema.features().stream().map(PlanJson::feature).toList());
        json.put("outputs", schema.outputs());
        json.put("normalization", word(schema.normalization()));
        json.put("featureClip", EvaluationJson.number(schema.featureClip()));
        boolean isPerceptron = schema.architecture() instanceof Architecture.Perceptron;
        json.put("model", isPerceptron ? "perceptron" : "linear");
        json.put(
                "hiddenUnits",
                schema.architecture() instanceof Architecture.Perceptron perceptron ? perceptron.hiddenUnits() : null);
        json.put("weights", schema.layout().size());
        return json;
    }

    private static Map<String, Object> feature(Feature feature) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", feature.name());
        json.put("unit", feature.unit());
        json.put("minimum", EvaluationJson.number(feature.minimum()));
        json.put("maximum", EvaluationJson.number(feature.maximum()));
        json.put("required", feature.required());
        return json;
    }

    static Map<String, Object> plan(FederationDefinition definition) {
        TrainingPlan training = definition.plan();
        RoundPlan rounds = definition.rounds();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("solver", word(training.solver()));
        json.put("objective", word(training.objective()));
        json.put("localEpochs", training.localEpochs());
        json.put("batchSize", training.batchSize());
        json.put("learningRate", definition.learningRate().initial());
        json.put("localOptimizer", word(training.localOptimizer()));
        json.put("proximalMu", training.proximalMu());
        json.put("personalEpochs", training.personalEpochs());
        json.put("minimumExamples", training.minimumExamples());
        json.put("encoding", Codecs.of(definition.encoding()).map(Codec::name).orElse("none"));
        json.put("encodingStep", definition.encoding().step());
        json.put(
                "aggregation",
                definition.aggregation().rule().map(PlanJson::word).orElse("fedavg"));
        json.put("serverOptimizer", definition.serverOptimizer().name());
        json.put("mode", rounds.isAsynchronous() ? "asynchronous" : "synchronous");
        json.put("goal", rounds.goal().isPresent() ? rounds.goal().getAsInt() : null);
        json.put("minimum", rounds.minimum());
        json.put("deadlineSeconds", rounds.deadline().toMillis() / 1000.0);
        json.put("startWhen", rounds.startWhen());
        json.put("evaluateEvery", rounds.evaluateEvery());
        return json;
    }

    private static String word(RobustRule rule) {
        if (rule instanceof CoordinateMedian) {
            return "median";
        } else if (rule instanceof TrimmedMean) {
            return "trimmedMean";
        }
        return rule instanceof MultiKrum ? "multiKrum" : "zeroing";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
