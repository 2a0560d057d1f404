package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/wire-protocol.md, row by row; how HiveMQ applies it is a system test. */
final class GrantTest {
    private static final String ROOT = "tributary/v1/";

    @ParameterizedTest
    @CsvSource({
        "f/update/0/d1, PUBLISH",
        "f/prediction/d1, PUBLISH",
        "metrics/d1, PUBLISH",
        "probe/d1, PUBLISH",
        "presence/d1, PUBLISH_RETAINED",
    })
    void device_ownTopics_mayPublish(String topic, Grant.Activity activity) {
        assertThat(granted(Role.DEVICE, "d1", activity, topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f/spec",
                "f/model",
                "f/model/delta",
                "f/round",
                "f/receipt/d1",
                "f/receipt/d2",
                "f/update/0/d2",
                "f/update/d1",
                "f/prediction/d2",
                "metrics/d2",
                "probe/d2",
                "presence/d2",
                "d1",
                "f/update/0/d1/more",
                "f/update/0"
            })
    void device_otherTopics_mayNotPublish(String topic) {
        assertThat(granted(Role.DEVICE, "d1", Grant.Activity.PUBLISH, topic)).isFalse();
        assertThat(granted(Role.DEVICE, "d1", Grant.Activity.PUBLISH_RETAINED, topic))
                .isFalse();
    }

    @Test
    void device_retain_onlyItsPresence() {
        assertThat(Grant.of(Role.DEVICE, "d1"))
                .filteredOn(grant -> grant.activity() == Grant.Activity.PUBLISH_RETAINED)
                .extracting(Grant::filter)
                .containsExactly(ROOT + "presence/d1");
    }

    @Test
    void device_subscriptions_areItsOwnSide() {
        assertThat(Grant.of(Role.DEVICE, "d1"))
                .filteredOn(grant -> grant.activity() == Grant.Activity.SUBSCRIBE)
                .extracting(Grant::filter)
                .containsExactlyInAnyOrder(
                        ROOT + "+/spec",
                        ROOT + "+/model",
                        ROOT + "+/model/delta",
                        ROOT + "+/round",
                        ROOT + "+/receipt/d1",
                        ROOT + "probe/d1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f/update/0/d1",
                "presence/d1",
                "metrics/d1",
                "f/prediction/d1",
                "probe/coordinator-b-0",
                "probe/d1"
            })
    void coordinator_devicesTopics_mayNotPublish(String topic) {
        assertThat(granted(Role.COORDINATOR, "coordinator-a-0", Grant.Activity.PUBLISH, topic))
                .isFalse();
        assertThat(granted(Role.COORDINATOR, "coordinator-a-0", Grant.Activity.PUBLISH_RETAINED, topic))
                .isFalse();
    }

    @Test
    void monitor_everything_onlyReads() {
        assertThat(Grant.of(Role.MONITOR, "monitor-me"))
                .containsExactly(new Grant(Grant.Activity.SUBSCRIBE, ROOT + "#"));
    }

    private static boolean granted(Role role, String id, Grant.Activity activity, String topic) {
        return Grant.of(role, id).stream()
                .anyMatch(grant -> grant.activity() == activity && matches(grant.filter(), ROOT + topic));
    }

    private static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
