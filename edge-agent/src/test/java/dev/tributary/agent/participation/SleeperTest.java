package dev.tributary.agent.participation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SleeperTest {
    private static final Duration SLEEP = Duration.ofMinutes(10);

    private final Sleeper sleeper =
            new Sleeper(new DutyCycle.Sleeps(SLEEP, Duration.ofSeconds(5)), () -> 0, Duration.ZERO.toNanos());

    @Test
    void sleep_severalFederations_isTheEarliestOfThem_andNeverShorterThanItsOwn() {
        assertThat(sleeper.sleep(List.of())).isEqualTo(SLEEP);
        assertThat(sleeper.sleep(List.of(Duration.ofMinutes(1)))).isEqualTo(SLEEP);
        assertThat(sleeper.sleep(List.of(Duration.ofHours(3), Duration.ofHours(2))))
                .isEqualTo(Duration.ofHours(2));
        assertThat(sleeper.sleep(List.of(Duration.ofHours(3), Duration.ofMinutes(1))))
                .isEqualTo(SLEEP);
    }

    @Test
    void sleep_coordinatorAsksForYears_isADay() {
        assertThat(sleeper.sleep(List.of(Duration.ofDays(3000)))).isEqualTo(Sleeper.LONGEST);
    }

    @Test
    void sleep_manyDevicesToldTheSame_returnSpreadOverATenth() {
        SplittableRandom random = new SplittableRandom(1);
        Sleeper spread = new Sleeper(new DutyCycle.Sleeps(SLEEP, Duration.ofSeconds(5)), random, 0);
        List<Duration> sleeps =
                IntStream.range(0, 1000).mapToObj(i -> spread.sleep(List.of())).toList();
        assertThat(sleeps).allMatch(sleep -> sleep.compareTo(SLEEP) >= 0 && sleep.compareTo(SLEEP.plusMinutes(1)) <= 0);
        assertThat(sleeps.stream().distinct().count()).isGreaterThan(50);
    }

    @Test
    void dutyCycle_outOfRange_isRefused() {
        assertThatThrownBy(() -> new DutyCycle.Sleeps(Duration.ofMillis(999), Duration.ofSeconds(1)))
                .hasMessage("sleep must be >= 1 s, was PT0.999S");
        assertThatThrownBy(() -> new DutyCycle.Sleeps(Duration.ofSeconds(1), Duration.ZERO))
                .hasMessage("awake must be > 0, was PT0S");
    }
}
