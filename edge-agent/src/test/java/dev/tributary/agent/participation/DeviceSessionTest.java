package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.MemoryExamples;
import dev.tributary.agent.examples.Row;
import dev.tributary.model.Bytes;
import dev.tributary.model.Moments;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.transport.InMemoryBroker;
import dev.tributary.transport.PublishPacket;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceSessionTest {
    private static final DeviceId DEVICE = new DeviceId("dev-1");

    private final InMemoryBroker broker = new InMemoryBroker();
    private final ScriptedCoordinator coordinator = new ScriptedCoordinator(broker);
    private final ManualExecutor executor = new ManualExecutor();
    private final FakeLearning learning = new FakeLearning();
    private final MemoryDeviceState state = new MemoryDeviceState();
    private final Heard heard = new Heard();

    private static final class Heard implements SessionListener {
        final List<String> sent = new ArrayList<>();
        final List<Traffic> malformed = new ArrayList<>();
        final List<Long> models = new ArrayList<>();
        final List<Bytes> answers = new ArrayList<>();

        @Override
        public void onAnswer(FederationId federation, DeviceMessage answer, Bytes payload) {
            answers.add(payload);
        }

        @Override
        public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
            sent.add(traffic + " " + packetBytes + " " + float32PacketBytes);
        }

        @Override
        public void onMalformed(Traffic traffic) {
            malformed.add(traffic);
        }

        @Override
        public void onModel(FederationId federation, dev.tributary.model.GlobalModel model) {
            models.add(model.version());
        }
    }

    private DeviceSession session(Presence.Role role, int rows) {
        return session(role, rows, state);
    }

    private DeviceSession session(Presence.Role role, int rows, DeviceState memory) {
        Columns columns = new Columns(List.of("y", "x"));
        List<Row> data = IntStream.range(0, rows)
                .mapToObj(i -> Row.of(columns, new double[] {10 * i, i}, Optional.empty()))
                .toList();
        Member member = new Member(ScriptedCoordinator.FEDERATION, role, new MemoryExamples(data));
        DeviceSession session = new DeviceSession(
                DEVICE,
                Connecting.always(
                        keepAlive -> broker.transport(DEVICE.value(), Optional.of(DeviceSession.will(DEVICE)))),
                List.of(member),
                executor,
                memory,
                heard,
                executor,
                learning.learner());
        session.start();
        executor.runAll();
        return session;
    }

    private Presence presence() {
        return WireMapper.decodePresence(
                DEVICE, broker.retained(Topics.presence(DEVICE)).orElseThrow());
    }

    private void ready(Presence.Role role, int rows) {
        session(role, rows);
        coordinator.spec(coordinator.schema);
        coordinator.model(0);
        executor.runAll();
    }

    private DeviceMessage only() {
        assertThat(coordinator.answers).hasSize(1);
        return coordinator.answers.get(0);
    }

    @Test
    void start_saysOnlineWithMemberships_andCloseSaysOffline() {
        DeviceSession session = session(Presence.Role.TRAINER, 10);

        assertThat(presence().status()).isEqualTo(Presence.Status.ONLINE);
        assertThat(presence().memberships())
                .containsExactly(new Presence.Membership(ScriptedCoordinator.FEDERATION, Presence.Role.TRAINER, 10));
        session.close();
        assertThat(presence().status()).isEqualTo(Presence.Status.OFFLINE);
    }

    @Test
    void lostConnection_willSaysOffline_andReconnectSaysOnline() {
        session(Presence.Role.TRAINER, 10);
        broker.cut(DEVICE.value());
        assertThat(presence().status()).isEqualTo(Presence.Status.OFFLINE);
        broker.mend(DEVICE.value());
        executor.runAll();
        assertThat(presence().status()).isEqualTo(Presence.Status.ONLINE);
    }

    @Test
    void statistics_trainer_sendsMomentsOfTrainPart() {
        session(Presence.Role.TRAINER, 10);
        coordinator.spec(coordinator.raw);
        coordinator.round(coordinator.call(1, RoundKind.STATISTICS, 0));
        executor.runAll();

        Update update = (Update) only();
        Vector vector = FakeLearning.decode(update.vector(Role.MOMENTS).orElseThrow(), 6);
        Moments moments = Moments.of(coordinator.raw, vector);
        assertThat(update.exampleCount()).isEqualTo(7);
        assertThat(moments.count(0)).isEqualTo(7);
        assertThat(moments.mean(0)).isEqualTo(3);
        assertThat(moments.variance(0)).isEqualTo(4);
        assertThat(moments.mean(1)).isEqualTo(30);
    }

    @Test
    void train_announcementBeforeModel_waitsForIt() {
        session(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 4));
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
        coordinator.model(4);
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
        coordinator.spec(coordinator.schema);
        executor.runAll();

        Update update = (Update) only();
        assertThat(update.baseVersion()).isEqualTo(4);
        assertThat(update.exampleCount()).isEqualTo(7);
        assertThat(update.loss()).isEqualTo(1.5);
        assertThat(FakeLearning.decode(update.vector(Role.DELTA).orElseThrow(), 2))
                .isEqualTo(Vector.of(0.5, 0.5));
    }

    @Test
    void train_otherBaseVersion_staysSilent() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 1));
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
    }

    @Test
    void train_notSelected_staysSilent() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, 1, RoundKind.TRAIN, 0, 0, 1, false));
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
    }

    @Test
    void newerAnnouncement_replacesOneThatWaits() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        coordinator.round(coordinator.call(3, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(only().round()).isEqualTo(new RoundId(3, 1));
        assertThat(learning.trainings).isEqualTo(1);
    }

    @Test
    void decline_saysWhy() {
        ready(Presence.Role.TRAINER, 2);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        coordinator.round(coordinator.call(3, RoundKind.SOLVE, 0));
        executor.runAll();
        coordinator.round(coordinator.call(4, 1, RoundKind.TRAIN, 0, 1, 77, false));
        executor.runAll();
        assertThat(coordinator.answers)
                .containsExactly(
                        new Decline(new RoundId(2, 1), Decline.Reason.TOO_FEW_EXAMPLES),
                        new Decline(new RoundId(3, 1), Decline.Reason.TOO_FEW_EXAMPLES),
                        new Decline(new RoundId(4, 1), Decline.Reason.UNSUPPORTED));
    }

    @Test
    void train_diverged_declines() {
        learning.diverges = true;
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(only()).isEqualTo(new Decline(new RoundId(2, 1), Decline.Reason.DIVERGED));
    }

    @Test
    void evaluator_answersEvaluateAlone_withAllRows() {
        ready(Presence.Role.EVALUATOR, 10);
        coordinator.round(coordinator.call(1, RoundKind.TRAIN, 0));
        executor.runAll();
        coordinator.round(coordinator.call(2, RoundKind.EVALUATE, 0));
        executor.runAll();
        Update update = (Update) only();
        assertThat(update.exampleCount()).isEqualTo(10);
        assertThat(update.vectors()).hasSize(1);
        assertThat(update.vector(Role.NEW)).isPresent();
    }

    @Test
    void evaluate_withComparisons_sendsOwnLocalOnlyAndBaseline() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, 1, RoundKind.EVALUATE, 0, 1, 0, true));
        executor.runAll();
        Update update = (Update) only();
        assertThat(update.exampleCount()).isEqualTo(3);
        assertThat(update.vectors())
                .extracting(vector -> vector.role())
                .containsExactly(Role.OWN, Role.LOCAL_ONLY, Role.BASELINE);
        assertThat(learning.trainings).as("as many rounds as the federation").isEqualTo(3);
    }

    @Test
    void rejectedStatistics_declinesUntilNewRevision_evenAfterRestart() {
        DeviceSession first = session(Presence.Role.TRAINER, 10);
        coordinator.spec(coordinator.raw);
        coordinator.round(coordinator.call(1, RoundKind.STATISTICS, 0));
        executor.runAll();
        coordinator.receipt(DEVICE, new RoundId(1, 1), Receipt.Code.OUTLYING_STATISTICS);
        executor.runAll();
        first.close();
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(coordinator.answers.get(1))
                .isEqualTo(new Decline(new RoundId(2, 1), Decline.Reason.STATISTICS_REJECTED));
    }

    @Test
    void sameAnnouncement_isNotTrainedAgain_andRepeatsTheSameBytes() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        coordinator.receipt(DEVICE, new RoundId(2, 1), Receipt.Code.ACCEPTED);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(learning.trainings).isEqualTo(1);
        assertThat(coordinator.payloads).hasSize(2);
        assertThat(coordinator.payloads.get(1)).isEqualTo(coordinator.payloads.get(0));
    }

    @Test
    void reconnect_withoutReceipt_sendsStoredUpdateAgain_afterReceiptNot() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        reconnect();
        assertThat(coordinator.payloads).hasSize(2);
        coordinator.receipt(DEVICE, new RoundId(2, 1), Receipt.Code.LATE);
        executor.runAll();
        reconnect();
        assertThat(coordinator.payloads).hasSize(2);
        assertThat(learning.trainings).isEqualTo(1);
    }

    private void reconnect() {
        broker.cut(DEVICE.value());
        broker.dropSession(DEVICE.value());
        broker.mend(DEVICE.value());
        executor.runAll();
    }

    @Test
    void restart_withoutReceipt_sendsStoredUpdate_andPredictsWithStoredModel() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        broker.cut(DEVICE.value());
        broker.mend(DEVICE.value());
        session(Presence.Role.TRAINER, 10);
        assertThat(coordinator.payloads).hasSizeGreaterThanOrEqualTo(2);
        assertThat(coordinator.payloads).containsOnly(coordinator.payloads.get(0));
        assertThat(learning.trainings).isEqualTo(1);
        assertThat(heard.models).containsExactly(0L, 0L);
        assertThat(heard.answers).hasSize(2).containsOnly(coordinator.payloads.get(0));
    }

    @Test
    void nobodyThere_sendsAgainLater() {
        ready(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        coordinator.unsubscribeByLeaving(broker);
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
        executor.ring();
        executor.runAll();
        assertThat(executor.timers()).isEqualTo(1);
        coordinator.comeBack(broker);
        executor.ring();
        executor.runAll();
        assertThat(only().round()).isEqualTo(new RoundId(2, 1));
        assertThat(executor.timers()).isZero();
    }

    @Test
    void malformedMessages_areCounted_andTheNextGoodOneIsTaken() {
        ready(Presence.Role.TRAINER, 10);
        String topic = Topics.round(ScriptedCoordinator.FEDERATION);
        coordinator.retain(topic, Bytes.of((byte) 0xff, (byte) 1));
        coordinator.retain(topic, Bytes.of((byte) 0xff, (byte) 2));
        executor.runAll();
        assertThat(heard.malformed).containsExactly(Traffic.ROUND, Traffic.ROUND);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(coordinator.answers).hasSize(1);
    }

    @Test
    void clearedRound_endsAWaitingCall() {
        session(Presence.Role.TRAINER, 10);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        coordinator.retain(Topics.round(ScriptedCoordinator.FEDERATION), Bytes.empty());
        coordinator.spec(coordinator.schema);
        coordinator.model(0);
        executor.runAll();
        assertThat(coordinator.answers).isEmpty();
    }

    @Test
    void stateThatCannotBeWritten_declinesInsteadOfSendingWhatItMightMakeTwice() {
        DeviceState full = new FullDeviceState();
        session(Presence.Role.TRAINER, 10, full);
        coordinator.spec(coordinator.schema);
        coordinator.model(0);
        coordinator.round(coordinator.call(2, RoundKind.TRAIN, 0));
        executor.runAll();
        assertThat(only()).isEqualTo(new Decline(new RoundId(2, 1), Decline.Reason.BUSY));
        assertThat(heard.models).containsExactly(0L);
    }

    @Test
    void sentBytes_areToldByKind_withFloat32OfTrain() {
        DeviceSession session = session(Presence.Role.TRAINER, 10);
        coordinator.spec(coordinator.schema);
        coordinator.model(0);
        coordinator.round(coordinator.call(2, 1, RoundKind.TRAIN, 0, 1, 3, false));
        executor.runAll();
        Prediction prediction = new Prediction(ScriptedCoordinator.FEDERATION, DEVICE, 0, -1, Vector.of(1));
        assertThat(session.publish(prediction)).isTrue();

        String topic = Topics.update(ScriptedCoordinator.FEDERATION, 1, DEVICE);
        int payload = coordinator.payloads.get(0).size();
        int train = PublishPacket.size(topic, payload, 1, false);
        // Two weights: 16 bytes as float64, 8 as float32.
        assertThat(heard.sent).contains("TRAIN " + train + " " + (train - 8));
        assertThat(heard.sent.get(0)).startsWith("PRESENCE ");
        assertThat(heard.sent.get(2)).startsWith("PREDICTION ");
    }

    @Test
    void publish_withoutConnection_dropsThePrediction() {
        DeviceSession session = session(Presence.Role.TRAINER, 10);
        broker.cut(DEVICE.value());
        assertThat(session.publish(new Prediction(ScriptedCoordinator.FEDERATION, DEVICE, 0, -1, Vector.of(1))))
                .isFalse();
    }
}
