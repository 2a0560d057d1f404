package dev.tributary.export;

import ai.onnx.proto.OnnxMl;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.ParameterLayout.Block;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;
import org.tribuo.util.onnx.ONNXRef;

/**
 * A model as ONNX: {@code input} float32 [batch, D] raw features with NaN for missing, {@code output} float32 [batch, K]
 * probabilities or real units. Names, in order, are in the metadata. A perceptron's sigmoid is a softmax with a score of 0.
 *
 * <p>Standardising is done in float64: a mean that is large against its scale (1013 hPa ± 0.1) would lose the digits that
 * matter in float32.
 */
final class OnnxFile {
    private static final int IR_VERSION = 6;

    private final GlobalModel model;
    private final ModelSchema schema;
    private final Standardiser standardiser;
    private final ONNXContext onnx = new ONNXContext();

    OnnxFile(GlobalModel model) {
        this.model = model;
        this.schema = model.schema();
        this.standardiser = schema.standardiser().orElseThrow();
    }

    void write(OutputStream out) throws IOException {
        boolean linear = schema.architecture() instanceof Architecture.Linear;
        onnx.setName((linear ? "Tributary-Linear-" : "Tributary-Perceptron-") + schema.task());
        ONNXPlaceholder input = onnx.floatInput("input", schema.features().size());
        ONNXPlaceholder output = onnx.floatOutput("output", schema.outputs().size());
        finish(scores(standardised(input))).assignTo(output);
        OnnxMl.ModelProto.newBuilder()
                .setGraph(onnx.buildGraph())
                .setDomain("dev.tributary")
                .setProducerName("Tributary")
                .setModelVersion(model.version())
                .setIrVersion(IR_VERSION)
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .addMetadataProps(property("task", schema.task().name()))
                .addMetadataProps(property(
                        "features", JsonText.array(schema.features().stream().map(Feature::name))))
                .addMetadataProps(property("outputs", JsonText.array(schema.outputs().stream())))
                .addMetadataProps(
                        property("schemaFingerprint", schema.fingerprint().toString()))
                .build()
                .writeTo(out);
    }

    private ONNXNode standardised(ONNXPlaceholder input) {
        ONNXRef<?> mean = doubles("feature_mean", standardiser.featureMean());
        ONNXRef<?> scale = doubles("feature_scale", standardiser.featureScale());
        ONNXNode missing = input.apply(OnnxOperator.IS_NAN);
        ONNXNode raw = input.cast(double.class);
        ONNXNode present = onnx.operation(ONNXOperators.WHERE, List.<ONNXRef<?>>of(missing, mean, raw), "present");
        ONNXNode standardised = present.apply(ONNXOperators.SUB, mean)
                .apply(ONNXOperators.DIV, scale)
                .cast(float.class);
        if (Double.isInfinite(schema.featureClip())) {
            return standardised;
        }
        float clip = (float) schema.featureClip();
        return standardised.apply(
                OnnxOperator.CLIP, List.of(onnx.constant("least", -clip), onnx.constant("greatest", clip)));
    }

    private ONNXNode scores(ONNXNode features) {
        List<Block> blocks = model.weights().layout().blocks();
        int outputs = schema.outputs().size();
        Block first = blocks.get(0);
        if (blocks.size() == 1) {
            return gemm(features, "", 0, first, outputs);
        }
        ONNXNode hidden = gemm(features, "hidden_", 0, first, first.rows()).apply(OnnxOperator.RELU);
        return gemm(hidden, "", first.size(), blocks.get(1), outputs);
    }

    /** The block of weights from {@code at} on, which gives the last of {@code outputs} scores; those before them are 0. */
    private ONNXNode gemm(ONNXNode input, String name, int at, Block block, int outputs) {
        Vector values = model.weights().values();
        int inputs = block.columns() - 1;
        int zeros = outputs - block.rows();
        ONNXRef<?> weights = onnx.floatTensor(name + "weights", List.of(inputs, outputs), buffer -> {
            for (int j = 0; j < inputs; j++) {
                for (int k = 0; k < outputs; k++) {
                    buffer.put(k < zeros ? 0 : (float) values.get(at + (k - zeros) * block.columns() + j));
                }
            }
        });
        ONNXRef<?> bias = onnx.floatTensor(name + "bias", List.of(outputs), buffer -> {
            for (int k = 0; k < outputs; k++) {
                buffer.put(k < zeros ? 0 : (float) values.get(at + (k - zeros) * block.columns() + inputs));
            }
        });
        return input.apply(ONNXOperators.GEMM, List.of(weights, bias));
    }

    private ONNXNode finish(ONNXNode scores) {
        if (schema.task() == Task.CLASSIFICATION) {
            return scores.apply(ONNXOperators.SOFTMAX, Map.of("axis", 1));
        }
        return scores.cast(double.class)
                .apply(ONNXOperators.MUL, doubles("output_scale", standardiser.outputScale()))
                .apply(ONNXOperators.ADD, doubles("output_mean", standardiser.outputMean()))
                .cast(float.class);
    }

    private ONNXRef<?> doubles(String name, Vector vector) {
        return onnx.array(name, vector.toArray(), false);
    }

    private static OnnxMl.StringStringEntryProto property(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }
}
