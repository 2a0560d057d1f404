package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleTest {
    @Test
    void of_prefix_decidesTheRole() {
        assertThat(Role.of("subject_1600")).contains(Role.DEVICE);
        assertThat(Role.of("coordinator-main-0")).contains(Role.COORDINATOR);
        assertThat(Role.of("monitor-me")).contains(Role.MONITOR);
        assertThat(Role.of("coordinator")).contains(Role.DEVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "+",
                "#",
                "a+",
                "$share",
                "a b",
                "ä",
                "coordinator-",
                "monitor-",
                "coordinator-a/b",
                "monitor-#",
                "a\n",
                "a\0"
            })
    void of_brokenSyntax_isNoRole(String clientId) {
        assertThat(Role.of(clientId)).isEmpty();
    }

    @Test
    void of_length_isLimited() {
        assertThat(Role.of("d".repeat(64))).contains(Role.DEVICE);
        assertThat(Role.of("d".repeat(65))).isEmpty();
        assertThat(Role.of("coordinator-" + "c".repeat(100))).contains(Role.COORDINATOR);
        assertThat(Role.of("coordinator-" + "c".repeat(101))).isEmpty();
    }
}
