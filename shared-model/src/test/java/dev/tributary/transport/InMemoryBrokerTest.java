package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the twin does beyond the contract: time, faults, and calls in order on the caller's thread. */
final class InMemoryBrokerTest {
    private Instant now = Instant.EPOCH;
    private final InMemoryBroker broker = new InMemoryBroker(() -> now);

    private Transport start(String id, RecordingListener listener) {
        Transport client = broker.transport(id, Optional.empty());
        client.start(listener);
        return client;
    }

    private static Publication message(String topic, String text) {
        return Publication.of(topic, Payloads.of(text));
    }

    @Test
    void publish_expiresWhileTheSubscriberIsAway_isNotDelivered() {
        RecordingListener listener = RecordingListener.acknowledging();
        start("a", listener).subscribe("t");
        broker.cut("a");
        Transport sender = start("b", RecordingListener.acknowledging());
        sender.publish(message("t", "short").expiringAfter(Duration.ofSeconds(5)));
        sender.publish(message("t", "long").expiringAfter(Duration.ofSeconds(50)));
        now = now.plusSeconds(5);
        broker.mend("a");
        assertThat(listener.texts()).containsExactly("long");
    }

    @Test
    void publish_retainedAndExpired_isGone() {
        Transport sender = start("b", RecordingListener.acknowledging());
        sender.publish(message("t", "old").retain().expiringAfter(Duration.ofSeconds(5)));
        assertThat(broker.retained("t")).isPresent();
        now = now.plusSeconds(5);
        assertThat(broker.retained("t")).isEmpty();
        assertThat(broker.retainedTopics()).isEmpty();
        RecordingListener late = RecordingListener.acknowledging();
        start("c", late).subscribe("#");
        assertThat(late.deliveries()).isEmpty();
    }

    @Test
    void publish_fromAListener_comesAfterWhatWaits() {
        Transport sender = broker.transport("b", Optional.empty());
        RecordingListener listener = RecordingListener.doing(delivery -> {
            delivery.acknowledge();
            if (Payloads.text(delivery).equals("first")) {
                sender.publish(message("t", "third"));
            }
        });
        start("a", listener).subscribe("t");
        sender.publish(message("t", "first"));
        sender.publish(message("t", "second"));
        sender.start(RecordingListener.acknowledging());
        assertThat(listener.texts()).containsExactly("first", "second", "third");
    }

    @Test
    void start_sameIdTwice_endsTheFirst() {
        RecordingListener first = RecordingListener.acknowledging();
        RecordingListener second = RecordingListener.acknowledging();
        Transport one = start("a", first);
        one.subscribe("t");
        start("a", second);
        assertThat(first.disconnections()).containsExactly("session taken over (142)");
        assertThat(one.isConnected()).isFalse();
        assertThat(second.connections()).containsExactly(true);
    }

    @Test
    void restartEmpty_clientsComeBackAndNothingIsKept() {
        RecordingListener listener = RecordingListener.acknowledging();
        Transport client = start("a", listener);
        client.subscribe("t");
        client.publish(message("kept", "x").retain());
        broker.restartEmpty();
        assertThat(listener.connections()).containsExactly(false, false);
        assertThat(broker.retainedTopics()).isEmpty();
        assertThat(broker.isConnected("a")).isTrue();
        client.publish(message("t", "again"));
        assertThat(listener.texts()).containsExactly("again");
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,true",
        "a/b,a/c,false",
        "a/+,a/b,true",
        "a/+,a/b/c,false",
        "a/#,a,true",
        "a/#,a/b/c,true",
        "#,a/b,true",
        "#,$SYS/a,false",
        "+/a,$SYS/a,false",
        "+/update/+/+,f/update/0/d,true",
        "a/+/c,a//c,true",
        "a,a/b,false",
        "a/b,a,false"
    })
    void filter_matches(String filter, String topic, boolean expected) {
        assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a#", "a/b+", "+a/b"})
    void filter_malformed_isRefused(String filter) {
        assertThatThrownBy(() -> new TopicFilter(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("topic filter must");
    }
}
