package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every transport keeps to. */
public abstract class TransportContract extends SubscriptionContract {
    @Test
    void publish_many_arriveInOrder() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        numbers(0, 200).forEach(text -> sender.publish(message(update, text)));
        List<String> expected = new ArrayList<>(List.of("ready"));
        expected.addAll(numbers(0, 200));
        awaitTexts(listener, expected);
    }

    @Test
    void onMessage_notAcknowledgedBeforeTheConnectionEnded_comesAgain() {
        RecordingListener listener = RecordingListener.keeping();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        sender.publish(message(update, "a"));
        awaitTexts(listener, List.of("ready", "a"));
        listener.deliveries().get(1).acknowledge();
        sender.publish(message(update, "b"));
        awaitTexts(listener, List.of("ready", "a", "b"));
        awaitTransmission(listener);
        cut(coordinatorId);
        mend(coordinatorId);
        awaitTexts(listener, List.of("ready", "a", "b", "b"));
    }

    @Test
    void acknowledge_connectionGone_isIgnored() {
        RecordingListener listener = RecordingListener.keeping();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        sender.publish(message(update, "a"));
        awaitTexts(listener, List.of("ready", "a"));
        cut(coordinatorId);
        soon().until(() -> !listener.disconnections().isEmpty());
        listener.deliveries().get(1).acknowledge();
        mend(coordinatorId);
        awaitTexts(listener, List.of("ready", "a", "a"));
        // The old delivery cannot be acknowledged through the new connection either.
        listener.deliveries().get(1).acknowledge();
        cut(coordinatorId);
        mend(coordinatorId);
        awaitTexts(listener, List.of("ready", "a", "a", "a"));
    }

    @Test
    void publish_whileDisconnected_isSentLater() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        cut(deviceId);
        soon().until(() -> !sender.isConnected());
        numbers(0, 100).forEach(text -> sender.publish(message(update, text)));
        mend(deviceId);
        List<String> expected = new ArrayList<>(List.of("ready"));
        expected.addAll(numbers(0, 100));
        awaitTexts(listener, expected);
    }

    @Test
    void publish_retainedWhileDisconnected_sendsTheNewestAlone() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        Transport publisher = start(coordinatorId, coordinator);
        cut(coordinatorId);
        soon().until(() -> !publisher.isConnected());
        numbers(0, 1000).forEach(text -> publisher.publish(message(model, text).retain()));
        RecordingListener listener = RecordingListener.acknowledging();
        start(deviceId, listener).subscribe(model);
        mend(coordinatorId);
        awaitAnswers(coordinator, 1000);
        assertThat(coordinator.answers())
                .filteredOn(answer -> answer.outcome() == PublishOutcome.SUPERSEDED)
                .hasSize(999);
        awaitTexts(listener, List.of("999"));
    }

    @Test
    void onMessage_expiringMessage_saysWhatIsLeft() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        start(coordinatorId, coordinator).publish(message(model, "v1").retain().expiringAfter(Duration.ofSeconds(100)));
        awaitAnswers(coordinator, 1);
        RecordingListener listener = RecordingListener.acknowledging();
        start(deviceId, listener).subscribe(model);
        awaitTexts(listener, List.of("v1"));
        assertThat(listener.deliveries().get(0).expiry())
                .hasValueSatisfying(
                        left -> assertThat(left).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100)));
    }

    @Test
    void onMessage_listenerThrowsOnce_getsItAgainAndTheOthers() {
        AtomicBoolean thrown = new AtomicBoolean();
        RecordingListener listener = RecordingListener.doing(delivery -> {
            if (Payloads.text(delivery).equals("hard") && !thrown.getAndSet(true)) {
                throw new IllegalStateException("planted");
            }
            delivery.acknowledge();
        });
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        sender.publish(message(update, "hard"));
        sender.publish(message(update, "easy"));
        soon().untilAsserted(
                        () -> assertThat(listener.texts()).containsExactlyInAnyOrder("ready", "hard", "hard", "easy"));
    }

    @Test
    void onMessage_listenerAlwaysThrowsOnOne_getsTheOthers() {
        RecordingListener listener = RecordingListener.doing(delivery -> {
            if (Payloads.text(delivery).equals("poison")) {
                throw new IllegalStateException("planted");
            }
            delivery.acknowledge();
        });
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        sender.publish(message(update, "poison"));
        numbers(0, 100).forEach(text -> sender.publish(message(update, text)));
        soon().untilAsserted(() -> assertThat(listener.texts()).contains("99"));
        soon().untilAsserted(() ->
                assertThat(listener.texts()).filteredOn("poison"::equals).hasSize(TransportListener.MAX_TRIES));
    }

    /** Waits until the broker has seen what the first client did before: the answer to a publication comes after. */
    private void awaitTransmission(RecordingListener listener) {
        int before = listener.answers().size();
        clients.get(0).publish(message(model, "mark"));
        awaitAnswers(listener, before + 1);
    }

    @Test
    void will_connectionCut_isPublished() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        start(coordinatorId, coordinator).subscribe(presence);
        Transport dying = start(
                deviceId,
                RecordingListener.acknowledging(),
                Optional.of(message(presence, "offline").retain()));
        dying.publish(message(presence, "online").retain());
        awaitTexts(coordinator, List.of("online"));
        cut(deviceId);
        awaitTexts(coordinator, List.of("online", "offline"));
    }

    @Test
    void close_withWill_isNotPublished() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        start(coordinatorId, coordinator).subscribe(presence);
        Transport leaving = start(
                deviceId,
                RecordingListener.acknowledging(),
                Optional.of(message(presence, "offline").retain()));
        leaving.publish(message(presence, "online").retain());
        awaitTexts(coordinator, List.of("online"));
        leaving.publish(message(presence, "bye").retain());
        leaving.close();
        RecordingListener later = RecordingListener.acknowledging();
        start(coordinatorId + "-2", later).subscribe(presence);
        awaitTexts(later, List.of("bye"));
        assertThat(coordinator.texts()).isEqualTo(List.of("online", "bye"));
    }

    @Test
    void onPublished_connectionCutAmongThem_comesOnceForEach() {
        RecordingListener listener = RecordingListener.acknowledging();
        startSubscribed(coordinatorId, updates, update, listener);
        RecordingListener sender = RecordingListener.acknowledging();
        clients.get(1).close();
        Transport device2 = start(deviceId, sender);
        numbers(0, 100).forEach(text -> device2.publish(message(update, text)));
        cut(deviceId);
        numbers(100, 200).forEach(text -> device2.publish(message(update, text)));
        mend(deviceId);
        awaitAnswers(sender, 200);
        soon().until(() -> listener.texts().containsAll(numbers(0, 200)));
        device2.publish(message(update, "last"));
        awaitAnswers(sender, 201);
        List<String> answered = sender.answers().stream()
                .map(answer -> new String(answer.publication().payload().toArray(), StandardCharsets.UTF_8))
                .toList();
        assertThat(answered).doesNotHaveDuplicates().containsAll(numbers(0, 200));
        assertThat(sender.answers()).allMatch(answer -> answer.outcome() == PublishOutcome.DELIVERED);
    }

    @Test
    void publish_nobodySubscribed_isReported() {
        RecordingListener listener = RecordingListener.acknowledging();
        start(deviceId, listener).publish(message(update, "lost"));
        awaitAnswers(listener, 1);
        assertThat(listener.answers().get(0).outcome()).isEqualTo(PublishOutcome.NO_SUBSCRIBERS);
    }

    @Test
    void byteCounts_bothWays_areThePacketSizes() {
        RecordingListener listener = RecordingListener.acknowledging();
        startSubscribed(coordinatorId, updates, update, listener);
        clients.get(1).close();
        RecordingListener sender = RecordingListener.acknowledging();
        Transport device2 = start(deviceId, sender);
        List<Integer> sizes = List.of(0, 1, 50, 100, 127, 128, 1000, 20_000);
        sizes.forEach(size -> device2.publish(Publication.of(update, Bytes.of(new byte[size]))));
        awaitAnswers(sender, sizes.size());
        soon().until(() -> listener.deliveries().size() == sizes.size() + 1);
        List<Integer> expected = sizes.stream()
                .map(size -> PublishPacket.size(update, size, 1, false))
                .toList();
        assertThat(sender.sent()).extracting(RecordingListener.Packet::bytes).isEqualTo(expected);
        assertThat(listener.received().subList(1, sizes.size() + 1))
                .extracting(RecordingListener.Packet::bytes)
                .isEqualTo(expected);
    }

    @Test
    void traffic_publishedAndDelivered_growsByAtLeastThePackets() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        Transport receiver = clients.get(0);
        LinkTraffic sentBefore = sender.traffic();
        LinkTraffic receivedBefore = receiver.traffic();
        numbers(0, 20).forEach(text -> sender.publish(Publication.of(update, Bytes.of(new byte[300]))));
        soon().until(() -> listener.deliveries().size() == 21);
        long packets = 20L * PublishPacket.size(update, 300, 1, false);
        long most = packets + 20L * 500;
        soon().untilAsserted(() -> {
            assertThat(sender.traffic().sentBytes() - sentBefore.sentBytes()).isBetween(packets, most);
            assertThat(sender.traffic().receivedBytes() - sentBefore.receivedBytes())
                    .isBetween(20L * 4, 20L * 500);
            assertThat(receiver.traffic().receivedBytes() - receivedBefore.receivedBytes())
                    .isBetween(packets, most);
            assertThat(receiver.traffic().sentBytes() - receivedBefore.sentBytes())
                    .isBetween(20L * 4, 20L * 500);
        });
        LinkTraffic before = sender.traffic();
        sender.close();
        assertThat(sender.traffic().sentBytes()).isGreaterThanOrEqualTo(before.sentBytes());
    }

    @Test
    void publish_withQos0_isDeliveredOnceSent() {
        RecordingListener listener = RecordingListener.acknowledging();
        startSubscribed(coordinatorId, updates, update, listener)
                .publish(new Publication(update, Payloads.of("quick"), 0, false, Optional.empty()));
        awaitTexts(listener, List.of("ready", "quick"));
    }

    @Test
    void close_anyState_leavesNoThread() {
        start(deviceId, RecordingListener.acknowledging()).close();
        Transport disconnected = start(coordinatorId, RecordingListener.acknowledging());
        cut(coordinatorId);
        disconnected.close();
        mend(coordinatorId);
        assertThat(disconnected.isConnected()).isFalse();
        soon().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(unique)));
    }

    @Test
    void start_again_isRefused() {
        Transport client = start(deviceId, RecordingListener.acknowledging());
        assertThatThrownBy(() -> client.start(RecordingListener.acknowledging()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be started once");
    }

    @Test
    void publish_closed_isRefused() {
        Transport client = start(deviceId, RecordingListener.acknowledging());
        client.close();
        client.close();
        assertThatThrownBy(() -> client.publish(message(update, "late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
