package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.update.DeviceId;
import dev.tributary.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every transport keeps to when it subscribes and unsubscribes. */
abstract class SubscriptionContract extends TransportSetting {
    @Test
    void subscribe_topicWithRetainedMessage_getsItMarkedSo() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        start(coordinatorId, coordinator).publish(message(model, "v1").retain());
        awaitAnswers(coordinator, 1);
        RecordingListener listener = RecordingListener.acknowledging();
        start(deviceId, listener).subscribe(model);
        awaitTexts(listener, List.of("v1"));
        assertThat(listener.deliveries().get(0).retained()).isTrue();
        assertThat(listener.deliveries().get(0).topic()).isEqualTo(model);
        clients.get(0).publish(message(model, "v2").retain());
        awaitTexts(listener, List.of("v1", "v2"));
        assertThat(listener.deliveries().get(1).retained()).isFalse();
        clients.get(0).publish(Publication.of(model, Bytes.empty()).retain());
        awaitAnswers(coordinator, 3);
    }

    @Test
    void connection_sessionLost_subscribesAgain() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        cut(coordinatorId);
        soon().until(() -> !listener.disconnections().isEmpty());
        dropSession(coordinatorId);
        mend(coordinatorId);
        awaitConnections(listener, 2);
        assertThat(listener.connections().get(1)).isFalse();
        soon().until(() -> {
            sender.publish(message(update, "after"));
            return listener.texts().contains("after");
        });
    }

    @Test
    void connection_sessionKept_getsWhatCameMeanwhile() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(coordinatorId, updates, update, listener);
        cut(coordinatorId);
        soon().until(() -> !listener.disconnections().isEmpty());
        numbers(0, 20).forEach(text -> sender.publish(message(update, text)));
        mend(coordinatorId);
        List<String> expected = new ArrayList<>(List.of("ready"));
        expected.addAll(numbers(0, 20));
        awaitTexts(listener, expected);
        assertThat(listener.connections()).isEqualTo(List.of(false, true));
    }

    @Test
    void subscribe_exactTopic_getsNoOther() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport sender = startSubscribed(deviceId, receipt, receipt, listener);
        sender.publish(message(Topics.receipt(federation, new DeviceId("other-" + unique)), "not mine"));
        sender.publish(message(receipt, "mine"));
        awaitTexts(listener, List.of("ready", "mine"));
    }

    /** Publishes retained messages until the broker says that nobody was there to get one; the answer is the last one. */
    private String publishUntilNobodyHears(Transport publisher, RecordingListener answers) {
        int first = answers.answers().size();
        soon().until(() -> {
            int before = answers.answers().size();
            publisher.publish(message(model, "unheard-" + (before - first)).retain());
            awaitAnswers(answers, before + 1);
            return answers.answers().get(before).outcome() == PublishOutcome.NO_SUBSCRIBERS;
        });
        return "unheard-" + (answers.answers().size() - first - 1);
    }

    @Test
    void unsubscribe_subscribed_getsNoMoreUntilItSubscribesAgain() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        Transport publisher = start(coordinatorId, coordinator);
        publisher.publish(message(model, "v1").retain());
        awaitAnswers(coordinator, 1);
        RecordingListener listener = RecordingListener.acknowledging();
        Transport client = start(deviceId, listener);
        client.subscribe(model);
        awaitTexts(listener, List.of("v1"));
        client.unsubscribe(model);
        String last = publishUntilNobodyHears(publisher, coordinator);
        assertThat(listener.texts()).doesNotContain(last);
        client.subscribe(model);
        soon().untilAsserted(() -> assertThat(listener.texts()).endsWith(last));
        publisher.publish(message(model, "v2").retain());
        soon().untilAsserted(() -> assertThat(listener.texts()).endsWith("v2"));
    }

    @Test
    void unsubscribe_andSubscribeAtOnce_getsTheRetainedMessageAgain() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        Transport publisher = start(coordinatorId, coordinator);
        publisher.publish(message(model, "v1").retain());
        awaitAnswers(coordinator, 1);
        RecordingListener listener = RecordingListener.acknowledging();
        Transport client = start(deviceId, listener);
        client.subscribe(model);
        awaitTexts(listener, List.of("v1"));
        client.unsubscribe(model);
        client.subscribe(model);
        awaitTexts(listener, List.of("v1", "v1"));
        publisher.publish(message(model, "v2").retain());
        awaitTexts(listener, List.of("v1", "v1", "v2"));
    }

    @Test
    void unsubscribe_whileDisconnected_holdsInTheSessionThatIsResumed() {
        RecordingListener coordinator = RecordingListener.acknowledging();
        Transport publisher = start(coordinatorId, coordinator);
        RecordingListener listener = RecordingListener.acknowledging();
        Transport client = start(deviceId, listener);
        client.subscribe(model);
        publisher.publish(message(model, "v1").retain());
        soon().untilAsserted(() -> assertThat(listener.texts()).contains("v1"));
        cut(deviceId);
        soon().until(() -> !client.isConnected());
        client.unsubscribe(model);
        mend(deviceId);
        awaitConnections(listener, 2);
        assertThat(listener.connections().get(1)).isTrue();
        String last = publishUntilNobodyHears(publisher, coordinator);
        assertThat(listener.texts()).doesNotContain(last);
    }

    @Test
    void unsubscribe_beforeStart_neverSubscribes() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport client = connect(deviceId, Optional.empty());
        clients.add(client);
        client.subscribe(model);
        client.subscribe(receipt);
        client.unsubscribe(model);
        client.start(listener);
        RecordingListener coordinator = RecordingListener.acknowledging();
        Transport publisher = start(coordinatorId, coordinator);
        // Heard on the other topic: the subscriptions are there.
        soon().until(() -> {
            int before = coordinator.answers().size();
            publisher.publish(message(receipt, "ready"));
            awaitAnswers(coordinator, before + 1);
            return listener.texts().contains("ready");
        });
        publishUntilNobodyHears(publisher, coordinator);
        assertThat(listener.texts()).containsOnly("ready");
    }
}
