package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.agent.examples.ExampleSource;
import dev.tributary.agent.examples.MemoryExamples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.Predictors;
import dev.tributary.model.Architecture;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Normalization;
import dev.tributary.model.Seed;
import dev.tributary.model.Standardiser;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.update.FederationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models of a device's own, and inputs of its own scale. */
class PersonalisationTest {
    private static final FederationId FEDERATION = new FederationId("f");
    private static final ModelSchema SCHEMA = schema(Normalization.GLOBAL);
    private static final TrainingPlan PLAN =
            new TrainingPlan(1, 8, TrainingPlan.LocalOptimizer.SGD, 0, TrainingPlan.Objective.SQUARED, 5, 2);
    private static final TrainingPlan PERSONAL = new TrainingPlan(
            1,
            8,
            TrainingPlan.LocalOptimizer.SGD,
            0,
            TrainingPlan.Objective.SQUARED,
            5,
            2,
            0,
            30,
            TrainingPlan.Solver.SGD,
            OptionalDouble.empty());
    /** y = x in standardised units. */
    private static final GlobalModel GLOBAL = new GlobalModel(3, SCHEMA, new Weights(SCHEMA.layout(), Vector.of(1, 0)));

    private static ModelSchema schema(Normalization normalization) {
        return new ModelSchema(
                1,
                Task.REGRESSION,
                List.of(Feature.unbounded("x")),
                List.of("y"),
                Optional.of(new Standardiser(Vector.of(10), Vector.of(2), Vector.of(100), Vector.of(20))),
                20,
                normalization,
                Architecture.LINEAR);
    }

    /** Rows of y = 100 + slope·20·(x − 10)/2, with some noise. */
    private static List<RawExample> rows(int count, double slope, long seed) {
        Random random = new Random(seed);
        List<RawExample> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double z = random.nextGaussian();
            double y = slope * z + 0.05 * random.nextGaussian();
            rows.add(new RawExample(new double[] {10 + 2 * z}, new double[] {100 + 20 * y}));
        }
        return rows;
    }

    private static Optional<Weights> fineTune(GlobalModel global, List<RawExample> train) {
        return new Personalisation(Learner.ofThisVersion(), PERSONAL, 0.05, new Seed(1)).fineTune(global, train);
    }

    @Test
    void fineTune_deviceUnlikeTheFleet_getsAModelThatIsBetterOnRowsItNeverSaw() {
        Optional<Weights> own = fineTune(GLOBAL, rows(60, -0.5, 1));
        assertThat(own).isPresent();
        List<RawExample> later = rows(40, -0.5, 2);
        double personal = Predictors.of(Personalisation.with(GLOBAL, own.get()))
                .evaluate(later)
                .rmse(0);
        assertThat(personal).isLessThan(Predictors.of(GLOBAL).evaluate(later).rmse(0) / 10);
    }

    @Test
    void fineTune_deviceAsTheGlobalModelSays_keepsTheGlobalOne() {
        List<RawExample> exact = new ArrayList<>();
        for (RawExample row : rows(60, 1, 3)) {
            double z = (row.features()[0] - 10) / 2;
            exact.add(new RawExample(row.features(), new double[] {100 + 20 * z}));
        }
        assertThat(fineTune(GLOBAL, exact)).isEmpty();
    }

    @Test
    void fineTune_tooFewRowsToJudge_keepsTheGlobalOne() {
        assertThat(fineTune(GLOBAL, rows(1, -0.5, 1))).isEmpty();
        assertThat(fineTune(GLOBAL, List.of())).isEmpty();
    }

    @Test
    void localSchema_byDevice_hasItsOwnFeaturesAndTheFleetsOutputs() {
        Member member = new Member(FEDERATION, Presence.Role.TRAINER, new FixedExamples(rows(50, 1, 4)));
        ModelSchema byDevice = schema(Normalization.DEVICE);
        ModelSchema local = LocalSchema.of(byDevice, member);
        Standardiser own = local.standardiser().orElseThrow();
        Standardiser expected = LocalMoments.of(byDevice, rows(50, 1, 4)).toStandardiser(byDevice);
        assertThat(own.featureMean()).isEqualTo(expected.featureMean());
        assertThat(own.featureScale()).isEqualTo(expected.featureScale());
        assertThat(own.outputMean()).isEqualTo(Vector.of(100));
        assertThat(own.outputScale()).isEqualTo(Vector.of(20));
        assertThat(local.revision()).isEqualTo(byDevice.revision());
        assertThat(LocalSchema.of(SCHEMA, member)).isSameAs(SCHEMA);
    }

    /** Examples that every schema maps alike. */
    private record FixedExamples(List<RawExample> rows) implements ExampleSource {
        @Override
        public List<RawExample> trainPart(ModelSchema schema) {
            return rows;
        }

        @Override
        public List<RawExample> testPart(ModelSchema schema) {
            return List.of();
        }

        @Override
        public List<RawExample> all(ModelSchema schema) {
            return rows;
        }

        @Override
        public long count() {
            return rows.size();
        }
    }

    private static final class Heard implements SessionListener {
        final List<GlobalModel> models = new ArrayList<>();
        final List<Boolean> personal = new ArrayList<>();

        @Override
        public void onPredictor(FederationId federation, GlobalModel model, boolean isPersonal) {
            models.add(model);
            personal.add(isPersonal);
        }
    }

    @Test
    void deviceModel_onceChosen_staysInForceOverVersionsAndRestartsUntilItIsJudgedAnew() {
        Member member = new Member(FEDERATION, Presence.Role.TRAINER, new MemoryExamples(List.of()));
        MemoryDeviceState state = new MemoryDeviceState();
        FederationSpec spec = new FederationSpec(FEDERATION, SCHEMA, PERSONAL, OptionalInt.empty(), 1);
        Weights own = new Weights(SCHEMA.layout(), Vector.of(-0.5, 0.25));
        GlobalModel next = new GlobalModel(4, SCHEMA, GLOBAL.weights());
        Heard heard = new Heard();
        DeviceModel device = new DeviceModel(member, new Memory(FEDERATION, state), heard);

        device.onGlobal(spec, GLOBAL);
        device.onChosen(GLOBAL, Optional.of(own));
        device.onGlobal(spec, next);
        Heard afterRestart = new Heard();
        DeviceModel again = new DeviceModel(member, new Memory(FEDERATION, state), afterRestart);
        again.onGlobal(spec, next);
        again.onChosen(next, Optional.empty());

        assertThat(heard.personal).containsExactly(false, true, true);
        assertThat(heard.models.get(2)).isEqualTo(new GlobalModel(3, SCHEMA, own));
        assertThat(afterRestart.personal).containsExactly(true, false);
        assertThat(afterRestart.models).containsExactly(new GlobalModel(3, SCHEMA, own), next);
        assertThat(state.get(FEDERATION, DeviceState.Slot.PERSONAL)).isEmpty();
    }

    @Test
    void deviceModel_otherSchemaOrPlan_forgetsThePersonalModel() {
        Member member = new Member(FEDERATION, Presence.Role.TRAINER, new MemoryExamples(List.of()));
        MemoryDeviceState state = new MemoryDeviceState();
        Heard heard = new Heard();
        DeviceModel device = new DeviceModel(member, new Memory(FEDERATION, state), heard);
        Weights own = new Weights(SCHEMA.layout(), Vector.of(-0.5, 0.25));

        device.onChosen(GLOBAL, Optional.of(own));
        device.onGlobal(new FederationSpec(FEDERATION, SCHEMA, PLAN, OptionalInt.empty(), 1), GLOBAL);
        assertThat(heard.personal).containsExactly(true, false);

        device.onChosen(GLOBAL, Optional.of(own));
        ModelSchema revised = SCHEMA.standardisedBy(SCHEMA.standardiser().orElseThrow());
        GlobalModel model = new GlobalModel(9, revised, GLOBAL.weights());
        device.onGlobal(new FederationSpec(FEDERATION, revised, PERSONAL, OptionalInt.empty(), 1), model);
        assertThat(heard.personal).containsExactly(true, false, true, false);
    }
}
