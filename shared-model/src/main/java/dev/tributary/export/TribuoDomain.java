package dev.tributary.export;

import dev.tributary.model.ModelSchema;
import dev.tributary.model.Standardiser;
import java.util.ArrayList;
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

    /** Tribuo wants a range and a mean of each feature that it can read back; it gets the fleet's mean for all three. */
    static ImmutableFeatureMap features(ModelSchema schema, Standardiser standardiser) {
        List<VariableInfo> infos = new ArrayList<>();
        for (int j = 0; j < schema.features().size(); j++) {
            double mean = standardiser.featureMean().get(j);
            infos.add(new RealInfo(schema.features().get(j).name(), 1, mean, mean, mean, 0));
        }
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
