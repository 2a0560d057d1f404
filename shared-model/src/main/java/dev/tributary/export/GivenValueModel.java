package dev.tributary.export;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDModel;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** A "trainer" of values whose model has weights that are known already: Tribuo lets only trainers build models. */
final class GivenValueModel extends LinearSGDTrainer {
    private final ImmutableFeatureMap features;
    private final ImmutableOutputInfo<Regressor> outputs;
    private final LinearParameters parameters;

    GivenValueModel(ImmutableFeatureMap features, ImmutableOutputInfo<Regressor> outputs, LinearParameters parameters) {
        super(new SquaredLoss(), SGD.getSimpleSGD(1), 1, -1, 1, 0);
        this.features = features;
        this.outputs = outputs;
        this.parameters = parameters;
    }

    @Override
    public LinearSGDModel train(Dataset<Regressor> examples, Map<String, Provenance> run, int invocationCount) {
        ModelProvenance provenance = new ModelProvenance(
                getModelClassName(),
                OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC),
                examples.getProvenance(),
                getProvenance(),
                run);
        return createModel(getName(), provenance, features, outputs, parameters);
    }

    /** Names Tribuo's class, not this one: a reader of the file does not have this one. */
    @Override
    public TrainerProvenance getProvenance() {
        return new LinearSGDTrainer(new SquaredLoss(), SGD.getSimpleSGD(1), 1, -1, 1, 0).getProvenance();
    }
}
