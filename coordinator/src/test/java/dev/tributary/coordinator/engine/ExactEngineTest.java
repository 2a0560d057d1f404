package dev.tributary.coordinator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Counts;
import dev.tributary.codec.Float64;
import dev.tributary.coordinator.EngineParts;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.federation.LearningRate;
import dev.tributary.coordinator.federation.RoundPlan;
import dev.tributary.coordinator.federation.StoppingCriterion.Patience;
import dev.tributary.coordinator.store.InMemoryFederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.learning.Examples;
import dev.tributary.learning.Examples.RawExample;
import dev.tributary.learning.RidgeRegression;
import dev.tributary.learning.SufficientStatistics;
import dev.tributary.model.Bytes;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.TrainingPlan;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A federation that is solved at once, whose coordinator may begin anew between any two answers. */
class ExactEngineTest {
    private static final FederationId FEDERATION = new FederationId("air");
    private static final int DEVICES = 4;
    private static final int ROWS = 10;
    private static final double RIDGE = 0.5;
    private static final ModelSchema SCHEMA =
            new ModelSchema(0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20);

    private final InMemoryFederationStore store = new InMemoryFederationStore();
    private final UnitOfWork unit = new UnitOfWork();
    private final Map<String, Bytes> retained = new HashMap<>();
    private FederationEngine engine;

    private void begin() {
        unit.clear();
        TrainingPlan plan = new TrainingPlan(
                1,
                32,
                TrainingPlan.LocalOptimizer.SGD,
                0,
                TrainingPlan.Objective.SQUARED,
                5,
                1,
                0,
                0,
                TrainingPlan.Solver.EXACT,
                OptionalDouble.of(RIDGE));
        FederationDefinition definition = new FederationDefinition(
                FEDERATION,
                SCHEMA,
                plan,
                new LearningRate(0.02, 0),
                1,
                new RoundPlan(OptionalInt.empty(), 1, Duration.ofMinutes(1), DEVICES, new Patience(5, 0.002, 200)),
                Optional.empty(),
                OptionalLong.of(7));
        engine = new FederationEngine(
                definition, EngineParts.of(store, this::publish, event -> {}, () -> Instant.EPOCH), unit);
        engine.putUp();
        commit();
    }

    private void publish(Publication publication) {
        if (publication.retained()) {
            retained.put(publication.topic(), publication.payload());
        }
    }

    private void commit() {
        unit.commit(store).forEach(Runnable::run);
    }

    private static DeviceId device(int number) {
        return new DeviceId("d" + number);
    }

    /** y = 3x − 1 and something that no line fits, around another x on each device. */
    private static List<RawExample> rows(int device) {
        List<RawExample> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double x = device + i / 4.0;
            rows.add(new RawExample(new double[] {x}, new double[] {3 * x - 1 + (i % 3) * 0.4}));
        }
        return rows;
    }

    private RoundAnnouncement call() {
        return WireMapper.decodeRound(FEDERATION, retained.get(Topics.round(FEDERATION)));
    }

    private void answer(int number) {
        RoundAnnouncement call = call();
        EncodedVector vector = switch (call.kind()) {
            case STATISTICS -> encoded(Role.MOMENTS, new Float64(), moments(rows(number)));
            case SOLVE -> encoded(Role.SUFFICIENT_STATISTICS, new Float64(), sums(rows(number)));
            default ->
                encoded(
                        Role.OWN,
                        new Counts(),
                        Evaluation.ofDevice(new double[][] {{1}}, new double[][] {{1.5}}, 1, 0.25)
                                .sums());
        };
        int examples = call.kind() == RoundKind.EVALUATE ? 1 : ROWS;
        Update update = new Update(
                call.round(), 1, call.baseVersion(), call.fingerprint(), call.kind(), examples, List.of(vector), 0, 0);
        engine.onAnswer(Topics.update(FEDERATION, 1, device(number)), device(number), WireMapper.encode(update));
        commit();
    }

    private static EncodedVector encoded(Role role, Codec codec, Vector values) {
        return new EncodedVector(role, codec.id(), codec.encode(values, new Seed(0)));
    }

    private static Vector moments(List<RawExample> rows) {
        Moments moments = Moments.empty(SCHEMA);
        for (RawExample row : rows) {
            moments = moments.merge(
                    new Moments(Vector.of(1, row.features()[0], 0, 1, row.target()[0], 0), Vector.zeros(0)));
        }
        return moments.toVector();
    }

    private Vector sums(List<RawExample> rows) {
        ModelSchema schema = WireMapper.decodeSpec(FEDERATION, retained.get(Topics.spec(FEDERATION)))
                .schema();
        return SufficientStatistics.of(Examples.standardised(schema, rows)).sums();
    }

    private ModelVersion run(boolean isKilled) {
        begin();
        for (int i = 0; i < DEVICES; i++) {
            engine.onPresence(new Presence(
                    device(i),
                    Presence.Status.ONLINE,
                    "fake",
                    List.of(new Presence.Membership(FEDERATION, Presence.Role.TRAINER, ROWS))));
            commit();
        }
        for (RoundKind kind : List.of(RoundKind.STATISTICS, RoundKind.SOLVE, RoundKind.EVALUATE)) {
            assertThat(call().kind()).isEqualTo(kind);
            for (int i = 0; i < DEVICES; i++) {
                answer(i);
                if (isKilled) {
                    begin();
                }
            }
        }
        assertThat(engine.state().isFinished()).isTrue();
        return store.latestModel(FEDERATION).orElseThrow();
    }

    @Test
    void solvedAtOnce_isTheRidgeRegressionOfAllRows() {
        ModelVersion solved = run(false);

        List<RawExample> all = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            all.addAll(rows(i));
        }
        ModelSchema schema = solved.model().schema();
        Vector expected = RidgeRegression.solve(SufficientStatistics.of(Examples.standardised(schema, all)), RIDGE)
                .orElseThrow();
        assertThat(solved.model().version()).isEqualTo(1);
        assertThat(solved.model().weights().values()).isEqualTo(expected.roundedToFloat32());
        RoundRecord round = store.rounds(FEDERATION, 10).stream()
                .filter(one -> one.kind() == RoundKind.SOLVE)
                .findFirst()
                .orElseThrow();
        assertThat(round.committed()).isTrue();
        assertThat(round.contributors()).hasSize(DEVICES);
        assertThat(round.reason()).endsWith("; ridge 0.5");
        assertThat(round.loss().orElseThrow()).isPositive();
        assertThat(round.bytesUp()).isPositive();
    }

    @Test
    void coordinatorThatBeginsAnewAfterEachAnswer_solvesTheSameBitForBit() {
        Vector killed = run(true).model().weights().values();
        ExactEngineTest undisturbed = new ExactEngineTest();
        assertThat(killed).isEqualTo(undisturbed.run(false).model().weights().values());
    }
}
