package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.transport.LinkTraffic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DayTrafficTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final DayTraffic day = new DayTraffic(-HOUR);

    @Test
    void total_ofOneDay_isEverything() {
        for (int hour = -1; hour < 23; hour++) {
            day.add(hour * HOUR + 1, new LinkTraffic(2, 3));
        }
        assertThat(day.total(23 * HOUR - 1)).isEqualTo(new LinkTraffic(48, 72));
    }

    @Test
    void total_ofMoreThanADay_forgetsOnlyWhatIsOlder() {
        day.add(-HOUR + 1, new LinkTraffic(5, 0));
        day.add(10 * HOUR, new LinkTraffic(7, 0));
        assertThat(day.total(23 * HOUR + HOUR / 2).sentBytes()).isEqualTo(12);
        assertThat(day.total(24 * HOUR).sentBytes()).isEqualTo(7);
        assertThat(day.total(34 * HOUR + HOUR / 2).sentBytes()).isEqualTo(7);
        assertThat(day.total(35 * HOUR + 1).sentBytes()).isZero();
    }

    @Test
    void total_afterALongSilence_isEmptyAndCountsOn() {
        day.add(0, new LinkTraffic(5, 5));
        assertThat(day.total(1_000 * HOUR)).isEqualTo(LinkTraffic.NONE);
        day.add(1_000 * HOUR + 1, new LinkTraffic(1, 0));
        assertThat(day.total(1_023 * HOUR).sentBytes()).isEqualTo(1);
        assertThat(day.total(1_026 * HOUR).sentBytes()).isZero();
    }

    @Test
    void restore_inANewProcess_goesOnWhereTheLastOneEnded() {
        day.add(0, new LinkTraffic(5, 6));
        day.add(20 * HOUR, new LinkTraffic(7, 8));
        DayTraffic next = new DayTraffic(77);
        next.restore(day.toBytes());
        assertThat(next.total(77)).isEqualTo(new LinkTraffic(12, 14));
        assertThat(next.total(77 + 5 * HOUR).sentBytes())
                .as("20 of 24 hours had passed")
                .isEqualTo(7);
    }

    @Test
    void restore_ofSomethingElse_changesNothing() {
        day.restore(Bytes.of(new byte[17]));
        assertThat(day.total(0)).isEqualTo(LinkTraffic.NONE);
    }
}
