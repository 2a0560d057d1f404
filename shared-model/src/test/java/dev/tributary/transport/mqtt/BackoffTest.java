package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackoffTest {
    private static final List<Integer> BOUNDS = List.of(250, 500, 1000, 2000, 4000, 5000, 5000);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void next_failuresInARow_staysUnderBoundsThatDouble(long seed) {
        Backoff backoff = new Backoff(new SplittableRandom(seed));
        BOUNDS.forEach(bound -> assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofMillis(bound)));
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void next_manyClients_spreadsThemOverTheWholeInterval(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double mean = IntStream.range(0, 1000)
                .mapToLong(i -> {
                    Backoff backoff = new Backoff(random);
                    BOUNDS.forEach(bound -> backoff.next());
                    return backoff.next().toMillis();
                })
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2300.0, 2700.0);
    }

    @Test
    void afterTakeover_doublesUpToAMinute_alsoWhileConnectionsLastInBetween() {
        Backoff backoff = new Backoff(new SplittableRandom(1));
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            assertThat(backoff.afterTakeover()).isEqualTo(Duration.ofSeconds(seconds));
            backoff.reset();
        }
        backoff.resetTakeovers();
        assertThat(backoff.afterTakeover()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void next_afterManyFailures_staysUnderTheCap() {
        Backoff backoff = new Backoff(new SplittableRandom(1));
        for (int i = 0; i < 10_000; i++) {
            assertThat(backoff.next()).isBetween(Duration.ZERO, Backoff.CAP);
        }
    }
}
