package dev.tributary.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tributary.learning.Predictors;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.Regressor;

class TribuoExportTest {
    static Stream<GlobalModel> models() {
        return ExportedModels.linear().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void write_thenLoadedByTribuo_predictsTheSame(GlobalModel model) throws IOException {
        Model<?> tribuo =
                Model.deserializeFromStream(new ByteArrayInputStream(ExportedModels.write(model, ModelFormat.TRIBUO)));
        List<double[]> rows = new ArrayList<>(ExportedModels.rows(model));
        // Tribuo refuses an example without any feature.
        rows.addAll(ExportedModels.rowsWithGaps(model).subList(1, 50));
        for (double[] row : rows) {
            Vector expected = Predictors.of(model).predict(row);
            double[] actual = predict(tribuo, model, row);
            for (int k = 0; k < actual.length; k++) {
                assertThat(actual[k]).isCloseTo(expected.get(k), within(1e-9 * Math.max(1, Math.abs(expected.get(k)))));
            }
        }
    }

    @Test
    void write_twoTimes_namesNoClassThatAReaderLacks() throws IOException {
        for (GlobalModel model : ExportedModels.linear()) {
            String bytes = new String(ExportedModels.write(model, ModelFormat.TRIBUO), StandardCharsets.ISO_8859_1);
            assertThat(bytes).doesNotContain("dev.tributary");
        }
    }

    @SuppressWarnings("unchecked") // the task says which
    private static double[] predict(Model<?> tribuo, GlobalModel model, double[] row) {
        List<String> outputs = model.schema().outputs();
        double[] values = new double[outputs.size()];
        if (tribuo.getOutputIDInfo().getOutput(0) instanceof Label) {
            Prediction<Label> prediction =
                    ((Model<Label>) tribuo).predict(example(model, row, new Label(outputs.get(0))));
            for (int k = 0; k < values.length; k++) {
                values[k] = prediction.getOutputScores().get(outputs.get(k)).getScore();
            }
        } else {
            Regressor value = ((Model<Regressor>) tribuo)
                    .predict(example(model, row, new Regressor(outputs.get(0), 0)))
                    .getOutput();
            for (int k = 0; k < values.length; k++) {
                values[k] = value.getDimension(outputs.get(k)).orElseThrow().getValue();
            }
        }
        return values;
    }

    private static <T extends Output<T>> Example<T> example(GlobalModel model, double[] row, T output) {
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < row.length; j++) {
            if (!Double.isNaN(row[j])) {
                features.add(new Feature(model.schema().features().get(j).name(), row[j]));
            }
        }
        return new ArrayExample<>(output, features);
    }
}
