package dev.tributary.coordinator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.coordinator.store.VersionRecord;
import dev.tributary.update.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final DeviceId DEVICE = new DeviceId("a");

    private static VersionRecord version(long number) {
        return new VersionRecord(
                number, 1, OptionalLong.of(number - 1), OptionalLong.empty(), Optional.empty(), Instant.EPOCH);
    }

    private static VersionRecord restored(long number, long from) {
        return new VersionRecord(
                number, 1, OptionalLong.of(number - 1), OptionalLong.of(from), Optional.empty(), Instant.EPOCH);
    }

    private static final Lineage STRAIGHT = new Lineage(List.of(version(9), version(8), version(7), version(6)));

    @Test
    void lastBefore_isTheParentOfTheFirstThatCountsTheDevice() throws Exception {
        assertThat(STRAIGHT.lastBefore(DEVICE, Set.of(9L))).isEqualTo(8);
        assertThat(STRAIGHT.lastBefore(DEVICE, Set.of(7L, 9L))).isEqualTo(6);
    }

    @Test
    void lastBefore_followsRollBacks() throws Exception {
        Lineage bent = new Lineage(List.of(version(9), restored(8, 5), version(7), version(6), version(5), version(4)));
        assertThat(bent.lastBefore(DEVICE, Set.of(6L, 9L))).isEqualTo(8);
        assertThat(bent.lastBefore(DEVICE, Set.of(5L, 7L))).isEqualTo(4);
        assertThatThrownBy(() -> bent.lastBefore(DEVICE, Set.of(6L, 7L))).hasMessageContaining("there is no need");
    }

    @Test
    void lastBefore_ofWhatIsForgotten_isRefused() {
        assertThatThrownBy(() -> STRAIGHT.lastBefore(DEVICE, Set.of(6L)))
                .hasMessage("version 6 counts an update of a, and what was before it is forgotten");
    }
}
