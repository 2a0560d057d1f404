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
    private final Outbox outbox = new Outbox();

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
}
