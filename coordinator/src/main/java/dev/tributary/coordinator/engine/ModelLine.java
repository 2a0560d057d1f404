package dev.tributary.coordinator.engine;

import dev.tributary.codec.ModelCoding;
import dev.tributary.coordinator.aggregation.StatisticsMerge;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** A federation's specification and its line of model versions. */
final class ModelLine {
    /** Each restored backup begins a new block of numbers, above what devices may have seen. */
    static final long VERSIONS_PER_EPOCH = 1_000_000;

    private static final int SHARDS = 1;

    private final FederationDefinition definition;
    private final Function<ModelSchema, Weights> firstWeights;
    private final ServerOptimizer optimizer;
    private final History history;
    private final UnitOfWork unit;
    private final long epoch;
    private FederationSpec spec;
    private Optional<GlobalModel> model;
    private OptionalLong restoredFrom;
    private Optional<OptimizerState> optimizerState;
    private final Optional<ModelCoding> coding;
    private Optional<ModelDelta> word;

    /** The line as it is remembered, or its beginning. */
    ModelLine(
            FederationDefinition definition,
            Function<ModelSchema, Weights> firstWeights,
            ServerOptimizer optimizer,
            History history,
            UnitOfWork unit,
            Optional<FederationMemory> memory) {
        this.definition = definition;
        this.firstWeights = firstWeights;
        this.optimizer = optimizer;
        this.history = history;
        this.unit = unit;
        this.epoch = memory.map(FederationMemory::epoch).orElse(0L);
        this.spec = memory.map(FederationMemory::spec)
                .map(known -> spec(known.schema(), known.majorityOutput()))
                .orElseGet(() -> spec(definition.schema(), OptionalInt.empty()));
        this.model = memory.flatMap(FederationMemory::model).map(ModelVersion::model);
        this.coding = ModelCoding.of(definition.id(), definition.modelEncoding());
        // The step to it is not kept: who misses this version fetches it.
        this.word = noticeOf(model);
        this.restoredFrom = memory.flatMap(FederationMemory::model)
                .map(ModelVersion::restoredFrom)
                .orElse(OptionalLong.empty());
        this.optimizerState = memory.flatMap(FederationMemory::optimizerState)
                .filter(known -> known.optimizer().equals(optimizer.name()));
        if (!memory.map(FederationMemory::spec).equals(Optional.of(spec))) {
            unit.change(new Change.SaveSpec(spec));
        }
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

    /** What is said of the newest version beside it, with the step to it; empty while nothing is. */
    Optional<ModelDelta> word() {
        return word;
    }

    private Optional<ModelDelta> noticeOf(Optional<GlobalModel> version) {
        return coding.flatMap(unused -> version.map(ModelCoding::notice));
    }

    /** The version that a round starts from; 0 while there is none. */
    long version() {
        return model.map(GlobalModel::version).orElse(0L);
    }

    /** The next revision with the fleet's standardiser, and the first version under it. */
    void standardise(StatisticsMerge.Result statistics, RoundId round, Instant now) {
        ModelSchema schema = definition.schema();
        FederationSpec next =
                spec(schema.standardisedBy(statistics.moments().toStandardiser(schema)), statistics.majorityOutput());
        Weights weights = firstWeights.apply(next.schema());
        Weights rounded = new Weights(weights.layout(), weights.values().roundedToFloat32());
        unit.change(new Change.SaveSpec(next));
        commit(
                new GlobalModel(nextVersion(), next.schema(), rounded),
                OptionalLong.empty(),
                Optional.of(round),
                optimizer.initial(rounded.values().length()),
                now);
        spec = next;
    }

    /**
     * The next version, from the mean of the deltas: what devices make of the coded step where steps are published, for
     * everybody and for good.
     */
    GlobalModel train(Vector meanDelta, RoundId round, Instant now) {
        GlobalModel base = model.orElseThrow();
        int length = base.weights().values().length();
        ServerOptimizer.Step step =
                optimizer.step(base.weights(), meanDelta, optimizerState.orElseGet(() -> optimizer.initial(length)));
        Optional<ModelCoding.Coded> coded = coding.map(code -> code.encode(base, nextVersion(), step.weights()));
        GlobalModel next = coded.map(ModelCoding.Coded::model)
                .orElseGet(() -> new GlobalModel(nextVersion(), base.schema(), step.weights()));
        commit(next, OptionalLong.empty(), Optional.of(round), step.state(), now);
        word = coded.map(ModelCoding.Coded::delta);
        return next;
    }

    /** The next version, with these weights, to the nearest float32. */
    GlobalModel solve(Vector weights, RoundId round, Instant now) {
        Weights rounded = new Weights(schema().layout(), weights.roundedToFloat32());
        GlobalModel next = new GlobalModel(nextVersion(), schema(), rounded);
        commit(next, OptionalLong.empty(), Optional.of(round), optimizer.initial(weights.length()), now);
        return next;
    }

    /** Refuses what is based on another newest version, if there is a base, with what the newest one is. */
    void requireNewest(OptionalLong expected) {
        if (expected.isPresent() && expected.getAsLong() != version()) {
            throw new IllegalArgumentException("the newest version of federation " + definition.id() + " is "
                    + version()
                    + (restoredFrom.isPresent()
                            ? ", which has the weights of version " + restoredFrom.getAsLong() + " again"
                            : "")
                    + ", not " + expected.getAsLong() + "; nothing was changed");
        }
    }

    /** The next version, with the weights of an earlier one; the optimiser forgets where it was going. */
    GlobalModel rollBack(GlobalModel earlier, Instant now) {
        GlobalModel next = new GlobalModel(nextVersion(), schema(), earlier.weights());
        OptimizerState fresh = optimizer.initial(earlier.weights().values().length());
        commit(next, OptionalLong.of(earlier.version()), Optional.empty(), fresh, now);
        return next;
    }

    /** SHA-256 over the newest weights as float32, little-endian. */
    String weightsSha256() {
        Weights weights = model.map(GlobalModel::weights).orElseGet(() -> Weights.zeros(schema().layout()));
        return HexFormat.of().formatHex(weights.sha256());
    }

    private long nextVersion() {
        long following = model.map(known -> known.version() + 1).orElse(0L);
        return Math.max(following, epoch * VERSIONS_PER_EPOCH);
    }

    private void commit(
            GlobalModel next,
            OptionalLong restored,
            Optional<RoundId> round,
            OptimizerState nextOptimizerState,
            Instant now) {
        OptionalLong base = model.map(known -> OptionalLong.of(known.version())).orElse(OptionalLong.empty());
        unit.change(new Change.SaveModel(definition.id(), new ModelVersion(next, base, restored, round, now)));
        unit.change(new Change.SaveOptimizerState(definition.id(), nextOptimizerState));
        unit.change(new Change.TrimHistory(definition.id(), versionsToKeep(), history.age(), now));
        model = Optional.of(next);
        word = noticeOf(model);
        restoredFrom = restored;
        optimizerState = Optional.of(nextOptimizerState);
    }

    /** An update cannot count when the announcement that it answers is forgotten. */
    private int versionsToKeep() {
        int useful = definition
                .rounds()
                .asynchrony()
                .map(asynchrony -> asynchrony.maximumStaleness() + 1)
                .orElse(1);
        return Math.max(history.versions(), useful);
    }

    private FederationSpec spec(ModelSchema schema, OptionalInt majorityOutput) {
        FederationSpec spec = new FederationSpec(definition.id(), schema, definition.plan(), majorityOutput, SHARDS)
                .withModelEncoding(definition.modelEncoding());
        return definition
                .budget()
                .map(budget -> spec.withBudget(budget.forDevices()))
                .orElse(spec);
    }
}
