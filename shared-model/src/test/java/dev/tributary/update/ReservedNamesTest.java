package dev.tributary.update;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReservedNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"coordinator-a", "monitor-a"})
    void deviceId_anotherRolesPrefix_isRefused(String name) {
        assertThatThrownBy(() -> new DeviceId(name)).hasMessageContaining("keeps for other roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "metrics", "probe"})
    void federationId_nameOfASharedTopic_isRefused(String name) {
        assertThatThrownBy(() -> new FederationId(name)).hasMessageContaining("whose topics it would share");
    }
}
