package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Publication;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SuspectsTest {
    private final Outbox outbox = new Outbox(OutboxLimit.DEVICE);
    private final Suspects suspects = new Suspects();
    private final Outbox.Entry good = entry();
    private final Outbox.Entry bad = entry();

    private Outbox.Entry entry() {
        outbox.put(Publication.of("a", Bytes.empty()), 0);
        return outbox.send(9).orElseThrow();
    }

    @Test
    void connectionEnded_severalInFlight_blamesNobodyAndSendsOneAtATime() {
        for (int i = 0; i < 10; i++) {
            assertThat(suspects.connectionEnded(List.of(good, bad))).isEmpty();
        }
        assertThat(suspects.window(64)).isEqualTo(1);
        suspects.removed(good);
        assertThat(suspects.window(64)).isEqualTo(1);
        suspects.removed(bad);
        assertThat(suspects.window(64)).isEqualTo(64);
    }

    @Test
    void connectionEnded_threeTimesWithTheSameAlone_findsIt() {
        suspects.connectionEnded(List.of(good, bad));
        assertThat(suspects.connectionEnded(List.of(good))).isEmpty();
        suspects.removed(good);
        assertThat(suspects.connectionEnded(List.of(bad))).isEmpty();
        assertThat(suspects.connectionEnded(List.of(bad))).isEmpty();
        assertThat(suspects.connectionEnded(List.of(bad))).isEqualTo(Optional.of(bad));
    }

    @Test
    void connectionEnded_nothingInFlight_changesNothing() {
        assertThat(suspects.connectionEnded(List.of())).isEmpty();
        assertThat(suspects.window(64)).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x8B, 0x8D, 0x8E, 0x89, 0x93, 0x98})
    void ending_thatSaysNothingOfAPublication_blamesNone(int code) {
        assertThat(new Ending("gone", code).blamesAPublication()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x81, 0x82, 0x87, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B})
    void ending_overSomethingSent_blamesAPublication(int code) {
        assertThat(new Ending("gone", code).blamesAPublication()).isTrue();
    }
}
