package dev.tributary.export;

import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.RealInfo;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * A schema's features and outputs as Tribuo's domains. Tribuo numbers features by the order of their names as strings:
 * always go from name to number, never by position.
 */
final class TribuoDomain {
    private TribuoDomain() {}

    static ImmutableFeatureMap features(ModelSchema schema) {
        List<VariableInfo> infos = schema.features().stream()
                .map(Feature::name)
                .<VariableInfo>map(name -> new RealInfo(name, 1))
                .toList();
        return new ImmutableFeatureMap(infos);
    }

    static ImmutableOutputInfo<Label> labels(ModelSchema schema) {
        Map<Label, Integer> ids = new LinkedHashMap<>();
        schema.outputs().forEach(name -> ids.put(new Label(name), ids.size()));
        return new LabelFactory().constructInfoForExternalModel(ids);
    }

    static ImmutableOutputInfo<Regressor> values(ModelSchema schema) {
        Map<Regressor, Integer> ids = new LinkedHashMap<>();
        schema.outputs().forEach(name -> ids.put(new Regressor(name, 0), ids.size()));
        return new RegressionFactory().constructInfoForExternalModel(ids);
    }
}
