package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What devices, brokers and coordinators do that they should not, and how rounds go on. */
class CoordinatorTroubleTest extends CoordinatorScenario {
    @Test
    void answers_garbageNonFiniteAndDeclines_endNothing() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 5, 2, Duration.ofSeconds(20)));
        trainers(2, HONEST);
        AtomicBoolean sent = new AtomicBoolean();
        FakeDevice garbled = device("garbled", Role.TRAINER, 0, HONEST);
        garbled.publish(Bytes.of((byte) 1, (byte) 2, (byte) 3));
        FakeDevice hostile = device(
                "hostile",
                Role.TRAINER,
                1,
                message -> message.map(one -> {
                    sent.set(true);
                    return one instanceof Update update && update.kind() == RoundKind.TRAIN ? nonsense(update) : one;
                }));
        device(
                "busy",
                Role.TRAINER,
                2,
                message -> message.map(one -> one instanceof Update update && update.kind() == RoundKind.TRAIN
                        ? new Decline(update.round(), Decline.Reason.BUSY)
                        : one));
        finish(coordinator);
        assertThat(sent).isTrue();
        RoundRecord train = rounds().get(1);
        assertThat(train.contributors()).hasSize(3);
        assertThat(train.declined()).isEqualTo(1);
        assertThat(train.rejected()).isEqualTo(1);
        assertThat(garbled.receipts()).anyMatch(receipt -> receipt.code() == Receipt.Code.MALFORMED);
        assertThat(hostile.receipts()).anyMatch(receipt -> receipt.code() == Receipt.Code.INVALID_EXAMPLE_COUNT);
    }

    private static DeviceMessage nonsense(Update update) {
        return new Update(
                update.round(),
                update.sequence(),
                update.baseVersion(),
                update.fingerprint(),
                update.kind(),
                0,
                update.vectors(),
                0,
                0);
    }

    @Test
    void duplicate_getsTheSameVerdictAndDoesNotCountTwice() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 2, 1, Duration.ofSeconds(20)));
        List<Bytes> trained = new CopyOnWriteArrayList<>();
        FakeDevice first = device("a", Role.TRAINER, 1, message -> {
            message.filter(one -> one instanceof Update update && update.kind() == RoundKind.TRAIN)
                    .ifPresent(one -> trained.add(WireMapper.encode(one)));
            return message;
        });
        device("b", Role.TRAINER, 2, HONEST);
        finish(coordinator);
        first.publish(trained.get(0));
        await().until(() -> first.receipts().stream().anyMatch(Receipt::repeat));
        Receipt repeated = first.receipts().get(first.receipts().size() - 1);
        assertThat(repeated.code()).isEqualTo(Receipt.Code.ACCEPTED);
        assertThat(repeated.round()).isEqualTo(new RoundId(2, 1));
        assertThat(coordinator.store().latestModel(PUMPS).orElseThrow().model().version())
                .isEqualTo(1);
    }

    @Test
    void round_silentDevice_closesAtTheDeadlineWithTheMinimum() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 3, 1, Duration.ofMillis(600)));
        trainers(2, HONEST);
        device("silent", Role.TRAINER, 1, message -> Optional.empty());
        finish(coordinator);
        assertThat(rounds()).allSatisfy(round -> {
            assertThat(round.contributors()).hasSize(2);
            assertThat(round.reason()).isEqualTo("deadline");
        });
    }

    @Test
    void round_deviceThatGoesAway_isNotWaitedFor() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 3, 1, Duration.ofSeconds(60)));
        trainers(2, HONEST);
        device("leaving", Role.TRAINER, 1, message -> {
            broker.cut("leaving");
            return Optional.empty();
        });
        finish(coordinator);
        assertThat(rounds().get(0).contributors()).hasSize(2);
    }

    @Test
    void brokerEmptied_inMidRound_findsEverythingPutUpAgain() throws Exception {
        Coordinator coordinator = coordinator(definition(PUMPS, 2, 2, Duration.ofSeconds(20)));
        AtomicBoolean lost = new AtomicBoolean();
        device("a", Role.TRAINER, 1, HONEST);
        device("b", Role.TRAINER, 2, message -> {
            boolean isTraining = message.orElseThrow() instanceof Update update && update.kind() == RoundKind.TRAIN;
            if (isTraining && lost.compareAndSet(false, true)) {
                broker.restartEmpty();
                return Optional.empty();
            }
            return message;
        });
        finish(coordinator);
        assertThat(lost).isTrue();
        assertThat(coordinator.store().latestModel(PUMPS).orElseThrow().model().version())
                .isEqualTo(2);
        assertThat(broker.retained(Topics.spec(PUMPS))).isPresent();
        assertThat(broker.retained(Topics.model(PUMPS))).isPresent();
    }

    @Test
    void coordinator_afterAnEarlierOne_numbersRoundsAboveItsAnnouncement() throws Exception {
        RoundAnnouncement stale = new RoundAnnouncement(
                PUMPS,
                new RoundId(41, 2),
                RoundKind.TRAIN,
                7,
                Bytes.of(new byte[8]),
                Bytes.of((byte) 1),
                1,
                0.1,
                0,
                2,
                7,
                false,
                Duration.ofHours(1),
                Duration.ofHours(1));
        Transport earlier = broker.transport("coordinator-earlier-0", Optional.empty());
        earlier.start(delivery -> delivery.acknowledge());
        earlier.publish(
                Publication.of(Topics.round(PUMPS), WireMapper.encode(stale)).retain());
        trainers(2, HONEST);
        finish(coordinator(definition(PUMPS, 2, 1, Duration.ofSeconds(20))));
        assertThat(rounds().get(0).id()).isEqualTo(new RoundId(42, 1));
        assertThat(broker.retained(Topics.round(PUMPS))).isEmpty();
    }
}
