package dev.tributary.coordinator.web;

import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.update.EncodedVector.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Evaluations as the maps that become JSON. */
public final class EvaluationJson {
    private EvaluationJson() {}

    /** The keys {@code own}, {@code new}, {@code personal}, {@code localOnly} and {@code baseline}, null where nothing is known. */
    public static Map<String, Object> roles(ModelSchema schema, Optional<EvaluationRecord> record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("own", role(schema, record, Role.OWN));
        json.put("new", role(schema, record, Role.NEW));
        json.put("personal", role(schema, record, Role.PERSONAL));
        json.put("localOnly", role(schema, record, Role.LOCAL_ONLY));
        json.put("baseline", role(schema, record, Role.BASELINE));
        return json;
    }

    private static Object role(ModelSchema schema, Optional<EvaluationRecord> record, Role role) {
        return record.flatMap(known -> known.of(role))
                .map(evaluation -> metrics(schema, evaluation))
                .orElse(null);
    }

    /**
     * The metrics of one evaluation. With several outputs rmse, mae and r2 are means over them, and {@code outputs} has
     * each.
     */
    public static Map<String, Object> metrics(ModelSchema schema, Evaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (schema.task() == Task.CLASSIFICATION) {
            json.put("accuracy", number(evaluation.accuracy()));
            json.put("macroF1", number(evaluation.macroF1()));
        } else {
            regression(schema, evaluation, json);
        }
        json.put("loss", number(evaluation.loss()));
        json.put("devices", evaluation.devices());
        json.put("examples", evaluation.examples());
        return json;
    }

    private static void regression(ModelSchema schema, Evaluation evaluation, Map<String, Object> json) {
        int outputs = schema.outputs().size();
        double rmse = 0;
        double mae = 0;
        double r2 = 0;
        Map<String, Object> each = new LinkedHashMap<>();
        for (int k = 0; k < outputs; k++) {
            rmse += evaluation.rmse(k) / outputs;
            mae += evaluation.mae(k) / outputs;
            r2 += evaluation.r2(k) / outputs;
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("rmse", number(evaluation.rmse(k)));
            one.put("mae", number(evaluation.mae(k)));
            one.put("r2", number(evaluation.r2(k)));
            each.put(schema.outputs().get(k), one);
        }
        json.put("rmse", number(rmse));
        json.put("mae", number(mae));
        json.put("r2", number(r2));
        if (outputs > 1) {
            json.put("outputs", each);
        }
    }

    /** JSON has no NaN and no infinity: null stands for them. */
    public static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
