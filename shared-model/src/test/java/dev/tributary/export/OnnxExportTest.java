package dev.tributary.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tributary.learning.Predictors;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxExportTest {
    static Stream<GlobalModel> models() {
        return ExportedModels.all().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void write_thenRunByOnnxRuntime_predictsTheSame(GlobalModel model) throws IOException, OrtException {
        List<double[]> rows = new ArrayList<>(ExportedModels.rows(model));
        rows.addAll(ExportedModels.rowsWithGaps(model));
        float[][] actual = run(model, rows);
        for (int i = 0; i < rows.size(); i++) {
            Vector expected = Predictors.of(model).predict(rows.get(i));
            for (int k = 0; k < expected.length(); k++) {
                assertThat((double) actual[i][k])
                        .as("row %d output %d", i, k)
                        .isCloseTo(expected.get(k), within(1e-5 * Math.max(1, Math.abs(expected.get(k)))));
            }
        }
    }

    private static float[][] run(GlobalModel model, List<double[]> rows) throws IOException, OrtException {
        float[][] input = new float[rows.size()][];
        for (int i = 0; i < input.length; i++) {
            input[i] = new float[rows.get(i).length];
            for (int j = 0; j < input[i].length; j++) {
                input[i][j] = (float) rows.get(i)[j];
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(ExportedModels.write(model, ModelFormat.ONNX));
                OnnxTensor tensor = OnnxTensor.createTensor(environment, input);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            return (float[][]) result.get("output").orElseThrow().getValue();
        }
    }

    @Test
    void write_metadata_namesInputsOutputsAndVersion() throws IOException, OrtException {
        GlobalModel model = ExportedModels.CLASSIFIER;
        try (OrtSession session =
                OrtEnvironment.getEnvironment().createSession(ExportedModels.write(model, ModelFormat.ONNX))) {
            assertThat(session.getMetadata().getVersion()).isEqualTo(17);
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("task", "CLASSIFICATION")
                    .containsEntry("outputs", "[\"walk\", \"Sit \\\"still\\\"\", \"jog\", \"a\"]")
                    .containsEntry(
                            "schemaFingerprint", model.schema().fingerprint().toString())
                    .containsKey("features");
        }
    }

    @Test
    void write_twice_givesTheSameBytes() throws IOException {
        for (GlobalModel model : ExportedModels.all()) {
            assertThat(ExportedModels.write(model, ModelFormat.ONNX))
                    .isEqualTo(ExportedModels.write(model, ModelFormat.ONNX));
        }
    }
}
