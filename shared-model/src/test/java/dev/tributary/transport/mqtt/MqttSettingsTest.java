package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Publication;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MqttSettingsTest {
    private static final URI BROKER = URI.create("tcp://127.0.0.1:1883");

    @Test
    void of_defaults_loseNothing() {
        assertThat(MqttSettings.of(BROKER, "a"))
                .isEqualTo(new MqttSettings(
                        BROKER,
                        "a",
                        Duration.ofSeconds(30),
                        new SessionPolicy.Persistent(Duration.ofDays(1)),
                        64,
                        new OutboxLimit(100_000, 64L << 20),
                        Optional.empty()));
    }

    @Test
    void ofDevice_defaults_keepTheSessionOverShortLosses() {
        Publication will = Publication.of("t", Bytes.empty()).retain();
        assertThat(MqttSettings.ofDevice(BROKER, "a", will))
                .isEqualTo(new MqttSettings(
                        BROKER,
                        "a",
                        Duration.ofSeconds(30),
                        new SessionPolicy.OverShortLosses(Duration.ofSeconds(60)),
                        64,
                        new OutboxLimit(1_000, 16L << 20),
                        Optional.of(will)));
    }

    @Test
    void with_changesThatFieldAlone() {
        MqttSettings settings = MqttSettings.of(BROKER, "a");
        SessionPolicy brief = new SessionPolicy.OverShortLosses(Duration.ofSeconds(2));
        Publication will = Publication.of("t", Bytes.empty());
        assertThat(settings.withKeepAlive(Duration.ofSeconds(7))
                        .withSession(brief)
                        .withReceiveMaximum(3)
                        .withOutbox(new OutboxLimit(5, 6))
                        .withWill(will))
                .isEqualTo(new MqttSettings(
                        BROKER, "a", Duration.ofSeconds(7), brief, 3, new OutboxLimit(5, 6), Optional.of(will)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1", "tcp://h", "tcp://h:1/path", "h:1883", "ws://h:1", "tcp:h"})
    void broker_notAnMqttAddress_isRefused(String uri) {
        assertThatThrownBy(() -> MqttSettings.of(URI.create(uri), "a"))
                .hasMessage("broker must be tcp://host:port or ssl://host:port, was " + uri);
    }

    @Test
    void fields_outOfRange_areRefused() {
        assertThatThrownBy(() -> MqttSettings.of(BROKER, "")).hasMessage("clientId must not be empty");
        assertThatThrownBy(() -> MqttSettings.of(BROKER, "a").withReceiveMaximum(0))
                .hasMessage("receiveMaximum must be in 1 … 65535, was 0");
        assertThatThrownBy(() -> MqttSettings.of(BROKER, "a").withKeepAlive(Duration.ZERO))
                .hasMessage("keepAlive must be in 1 s … 65535 s, was PT0S");
        assertThatThrownBy(() -> new OutboxLimit(0, 1))
                .hasMessage("maxPublications and maxBytes must be >= 1, were 0 and 1");
    }
}
