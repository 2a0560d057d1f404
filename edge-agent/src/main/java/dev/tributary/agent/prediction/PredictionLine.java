package dev.tributary.agent.prediction;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A prediction as one line of JSON, outputs by name. */
public final class PredictionLine {
    private PredictionLine() {}

    /** The line, without its end: federation, device, model version, time, label if any, values by output. */
    public static String of(Prediction prediction, ModelSchema schema, Optional<Instant> time) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("federation", prediction.federation().value());
        line.put("device", prediction.device().value());
        line.put("modelVersion", prediction.modelVersion());
        time.ifPresent(moment -> line.put("time", moment.toString()));
        if (prediction.label() >= 0) {
            line.put("label", schema.outputs().get(prediction.label()));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int k = 0; k < prediction.values().length(); k++) {
            values.put(schema.outputs().get(k), prediction.values().get(k));
        }
        line.put(prediction.label() >= 0 ? "scores" : "values", values);
        try {
            return JSON.std.asString(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
