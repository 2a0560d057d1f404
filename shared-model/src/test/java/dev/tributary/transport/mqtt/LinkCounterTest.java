package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.LinkTraffic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LinkCounterTest {
    private long now;
    private final LinkCounter counter = new LinkCounter(false, () -> now);

    private void after(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    @Test
    void traffic_unused_isNothing() {
        assertThat(counter.traffic()).isEqualTo(LinkTraffic.NONE);
    }

    @Test
    void connecting_refused_isASyn() {
        counter.connecting();
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(60, 0));
    }

    @Test
    void connection_withoutData_isSevenSegments() {
        counter.connecting();
        counter.connected();
        counter.disconnected();
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(60 + 3 * 52, 60 + 52));
    }

    @Test
    void sent_notAnswered_isAcknowledgedAfterTheDelay() {
        counter.sent(100);
        after(39);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(152, 0));
        after(1);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(152, 52));
    }

    @Test
    void sent_answeredSoon_isAcknowledgedByTheAnswer() {
        counter.sent(100);
        after(39);
        counter.received(4);
        after(40);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(152 + 52, 56));
    }

    @Test
    void received_twice_isAcknowledgedAtOnce() {
        counter.received(100);
        counter.received(100);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(52, 304));
        after(1000);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(52, 304));
    }

    @Test
    void sent_large_goesInSegments() {
        counter.sent(3 * 1_448 + 1);
        assertThat(counter.traffic()).isEqualTo(new LinkTraffic(3 * 1_448 + 1 + 4 * 52, 2 * 52));
    }

    @Test
    void tls_hasRecordsAndAHandshake() {
        LinkCounter plain = new LinkCounter(false, () -> now);
        LinkCounter tls = new LinkCounter(true, () -> now);
        plain.sent(100);
        tls.sent(100);
        assertThat(tls.traffic().sentBytes()).isEqualTo(plain.traffic().sentBytes() + 22);
        plain.connected();
        tls.connected();
        assertThat(tls.traffic().receivedBytes()).isGreaterThan(plain.traffic().receivedBytes() + 1_000);
    }
}
