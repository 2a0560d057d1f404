package dev.tributary.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Patience patience = new Patience(nanos::get);

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void isOver_afterThreeMinutesWithoutProgress() {
        pass(180);
        assertThat(patience.isOver()).isFalse();
        pass(1);
        assertThat(patience.isOver()).isTrue();
        patience.progressed();
        assertThat(patience.isOver()).isFalse();
    }

    @Test
    void reminder_every20Seconds_tellsTheWholeTime() {
        pass(19);
        assertThat(patience.reminder()).isEmpty();
        pass(1);
        assertThat(patience.reminder()).contains(Duration.ofSeconds(20));
        assertThat(patience.reminder()).isEmpty();
        pass(20);
        assertThat(patience.reminder()).contains(Duration.ofSeconds(40));
    }
}
