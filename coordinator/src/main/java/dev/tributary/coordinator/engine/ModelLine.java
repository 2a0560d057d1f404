package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.aggregation.FedAvg;
import dev.tributary.coordinator.aggregation.StatisticsMerge;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.RoundId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A federation's specification and its line of model versions; durable first, then in force. */
final class ModelLine {
    private static final int SHARDS = 1;

    private final FederationDefinition definition;
    private final Optional<Weights> initialWeights;
    private final ServerOptimizer optimizer;
    private final FederationStore store;
    private FederationSpec spec;
    private Optional<GlobalModel> model = Optional.empty();

    ModelLine(
            FederationDefinition definition,
            Optional<Weights> initialWeights,
            ServerOptimizer optimizer,
            FederationStore store) {
        this.definition = definition;
        this.initialWeights = initialWeights;
        this.optimizer = optimizer;
        this.store = store;
        this.spec = spec(definition.schema(), OptionalInt.empty());
        store.saveSpec(spec);
    }

    FederationSpec spec() {
        return spec;
    }

    ModelSchema schema() {
        return spec.schema();
    }

    Optional<GlobalModel> model() {
        return model;
    }

    /** The version that a round starts from; 0 while there is none. */
    long version() {
        return model.map(GlobalModel::version).orElse(0L);
    }

    /** The next revision with the fleet's standardiser, and version 0 under it. */
    void standardise(StatisticsMerge.Result statistics, RoundId round, Instant now) {
        ModelSchema schema = definition.schema();
        FederationSpec next =
                spec(schema.standardisedBy(statistics.moments().toStandardiser(schema)), statistics.majorityOutput());
        Weights weights = initialWeights.orElseGet(() -> Weights.zeros(schema.linearLayout()));
        Weights rounded = new Weights(weights.layout(), weights.values().roundedToFloat32());
        store.saveSpec(next);
        commit(new GlobalModel(0, next.schema(), rounded), OptionalLong.empty(), round, now);
        spec = next;
    }

    /** The next version, from the mean of these deltas. */
    GlobalModel train(FedAvg deltas, RoundId round, Instant now) {
        GlobalModel base = model.orElseThrow();
        Weights weights = optimizer.step(base.weights(), deltas.mean());
        GlobalModel next = new GlobalModel(base.version() + 1, base.schema(), weights);
        commit(next, OptionalLong.of(base.version()), round, now);
        return next;
    }

    /** SHA-256 over the newest weights as float32, little-endian. */
    String weightsSha256() {
        double[] weights =
                model.map(known -> known.weights().values().toArray()).orElse(new double[0]);
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double weight : weights) {
            bytes.putFloat((float) weight);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commit(GlobalModel next, OptionalLong base, RoundId round, Instant now) {
        store.saveModel(definition.id(), new ModelVersion(next, base, round, now));
        model = Optional.of(next);
    }

    private FederationSpec spec(ModelSchema schema, OptionalInt majorityOutput) {
        return new FederationSpec(definition.id(), schema, definition.plan(), majorityOutput, SHARDS);
    }
}
