package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MqttSettingsTest {
    private static final URI BROKER = URI.create("tcp://127.0.0.1:1883");

    @Test
    void of_defaults() {
        assertThat(MqttSettings.of(BROKER, "a"))
                .isEqualTo(new MqttSettings(
                        BROKER, "a", Duration.ofSeconds(30), false, Duration.ofDays(1), 64, Optional.empty()));
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
        assertThatThrownBy(() ->
                        new MqttSettings(BROKER, "a", Duration.ZERO, false, Duration.ofDays(1), 64, Optional.empty()))
                .hasMessage("keepAlive must be in 1 s … 65535 s, was PT0S");
        assertThatThrownBy(() -> new MqttSettings(
                        BROKER, "a", Duration.ofSeconds(9), false, Duration.ofSeconds(-1), 64, Optional.empty()))
                .hasMessage("sessionExpiry must be in 0 s … 4294967295 s, was PT-1S");
    }
}
