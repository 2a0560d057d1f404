package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private static final OutboxLimit ROOMY = new OutboxLimit(1_000, 1_000_000);

    private final Outbox outbox = new Outbox(ROOMY);

    private List<Outbox.Entry> sendAll(int window) {
        List<Outbox.Entry> sent = new ArrayList<>();
        for (Optional<Outbox.Entry> next = outbox.send(window); next.isPresent(); next = outbox.send(window)) {
            sent.add(next.get());
        }
        return sent;
    }

    private static List<String> topics(List<Outbox.Entry> entries) {
        return entries.stream().map(entry -> entry.publication().topic()).toList();
    }

    private void put(String... topics) {
        for (String topic : topics) {
            outbox.put(Publication.of(topic, Bytes.empty()), 0);
        }
    }

    @Test
    void send_windowFull_waitsForAnAnswer() {
        put("a", "b", "c");
        List<Outbox.Entry> sent = sendAll(2);
        assertThat(topics(sent)).containsExactly("a", "b");
        assertThat(outbox.remove(sent.get(0))).isTrue();
        assertThat(outbox.remove(sent.get(0))).isFalse();
        assertThat(topics(sendAll(2))).containsExactly("c");
    }

    @Test
    void takeAllBack_inFlight_comesFirstAndInOrder() {
        put("a", "b", "c", "d");
        List<Outbox.Entry> sent = sendAll(3);
        outbox.remove(sent.get(1));
        outbox.takeAllBack();
        assertThat(topics(sendAll(9))).containsExactly("a", "c", "d");
    }

    @Test
    void remove_answeredAfterItWasTakenBack_isNotSentAgain() {
        put("a", "b");
        Outbox.Entry first = sendAll(1).get(0);
        outbox.takeAllBack();
        assertThat(outbox.remove(first)).isTrue();
        assertThat(topics(sendAll(9))).containsExactly("b");
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void put_equalPublications_areTwoEntries() {
        put("a", "a");
        assertThat(sendAll(9)).hasSize(2);
    }

    @Test
    void expirySeconds_afterWaiting_isWhatIsLeftAndAtLeastOne() {
        Duration tenSeconds = Duration.ofSeconds(10);
        outbox.put(Publication.of("a", Bytes.empty()).expiringAfter(tenSeconds), 0);
        Outbox.Entry entry = sendAll(1).get(0);
        assertThat(entry.expirySeconds(0)).contains(10L);
        assertThat(entry.expirySeconds(Duration.ofMillis(3500).toNanos())).contains(7L);
        assertThat(entry.expirySeconds(Duration.ofSeconds(60).toNanos())).contains(1L);
    }

    private static Publication retained(String topic, int value) {
        return Publication.of(topic, Bytes.of((byte) value)).retain();
    }

    @Test
    void put_retained_replacesTheOneOfItsTopicThatWaits_andComesLast() {
        outbox.put(retained("model", 1), 0);
        put("other");
        Outbox.Put put = outbox.put(retained("model", 2), 0);
        assertThat(put)
                .isInstanceOfSatisfying(
                        Outbox.Put.Replaced.class,
                        replaced -> assertThat(replaced.superseded())
                                .extracting(Outbox.Entry::publication)
                                .containsExactly(retained("model", 1)));
        assertThat(sendAll(9))
                .extracting(Outbox.Entry::publication)
                .containsExactly(Publication.of("other", Bytes.empty()), retained("model", 2));
    }

    @Test
    void put_retainedWhileTheOlderIsInFlight_leavesThat_untilItIsTakenBack() {
        outbox.put(retained("model", 1), 0);
        sendAll(9);
        assertThat(outbox.put(retained("model", 2), 0)).isInstanceOf(Outbox.Put.Taken.class);
        outbox.takeAllBack();
        assertThat(outbox.put(retained("model", 3), 0))
                .isInstanceOfSatisfying(
                        Outbox.Put.Replaced.class,
                        replaced -> assertThat(replaced.superseded()).hasSize(2));
        assertThat(sendAll(9)).extracting(Outbox.Entry::publication).containsExactly(retained("model", 3));
    }

    @Test
    void put_equalTopicNotRetained_replacesNothing() {
        put("a");
        assertThat(outbox.put(retained("a", 1), 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(outbox.put(Publication.of("a", Bytes.empty()), 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(sendAll(9)).hasSize(3);
    }

    @Test
    void put_limitOfPublicationsReached_leavesTheNewestOut_exceptRetained_untilThereIsRoom() {
        Outbox small = new Outbox(new OutboxLimit(2, 1_000));
        Publication message = Publication.of("a", Bytes.empty());
        assertThat(small.put(message, 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(small.put(message, 0)).isInstanceOf(Outbox.Put.Taken.class);
        Outbox.Entry first = small.send(9).orElseThrow();
        assertThat(small.put(message, 0)).as("in flight counts").isInstanceOf(Outbox.Put.Full.class);
        assertThat(small.put(retained("model", 1), 0)).isInstanceOf(Outbox.Put.Taken.class);
        small.remove(first);
        assertThat(small.put(message, 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(small.put(message, 0)).isInstanceOf(Outbox.Put.Full.class);
    }

    @Test
    void put_limitOfBytesReached_leavesTheNewestOut() {
        Outbox small = new Outbox(new OutboxLimit(100, 1_000));
        Publication large = Publication.of("a", Bytes.of(new byte[600]));
        assertThat(small.put(large, 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(small.put(large, 0)).isInstanceOf(Outbox.Put.Full.class);
        assertThat(small.put(Publication.of("a", Bytes.of(new byte[300])), 0)).isInstanceOf(Outbox.Put.Taken.class);
        assertThat(small.put(Publication.of("a", Bytes.of(new byte[2_000])), 0)).isInstanceOf(Outbox.Put.Full.class);
    }

    @Test
    void put_aHundredThousandTimesWhileDisconnected_keepsNoMoreThanItsLimit() {
        Outbox bounded = new Outbox(new OutboxLimit(500, 1_000_000));
        for (int i = 0; i < 100_000; i++) {
            bounded.put(Publication.of("a", Bytes.empty()), i);
            bounded.put(retained(i % 2 == 0 ? "spec" : "model", i), i);
        }
        int kept = 0;
        while (bounded.send(Integer.MAX_VALUE).isPresent()) {
            kept++;
        }
        assertThat(kept).isEqualTo(502);
    }
}
