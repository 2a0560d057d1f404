package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VigilTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Vigil vigil = new Vigil(new Liveness(Duration.ofSeconds(10), Duration.ofSeconds(30)));

    @Test
    void isDead_silenceLongerThanPatience() {
        vigil.begin(0);
        assertThat(vigil.isDead(30 * SECOND)).isFalse();
        assertThat(vigil.isDead(30 * SECOND + 1)).isTrue();
        vigil.heard(20 * SECOND);
        assertThat(vigil.isDead(50 * SECOND)).isFalse();
    }

    @Test
    void isDead_unacknowledgedMessage_startsCountingWhenItIsAcknowledged() {
        vigil.begin(0);
        vigil.holds();
        assertThat(vigil.isDead(100 * SECOND)).isFalse();
        vigil.acknowledged();
        assertThat(vigil.isDead(130 * SECOND)).isFalse();
        assertThat(vigil.isDead(131 * SECOND)).isTrue();
    }

    @Test
    void liveness_patienceNotAboveInterval_isRefused() {
        assertThatThrownBy(() -> new Liveness(Duration.ofSeconds(3), Duration.ofSeconds(3)))
                .hasMessage("patience must be > interval > 0, was PT3S and PT3S");
    }

    @Test
    void liveness_ofAKeepAlive_probesThreeTimesInIt_butNotMoreOftenThanEveryFiveSeconds() {
        assertThat(Liveness.of(Duration.ofSeconds(30)))
                .isEqualTo(new Liveness(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        assertThat(Liveness.of(Duration.ofMinutes(10)))
                .isEqualTo(new Liveness(Duration.ofSeconds(200), Duration.ofMinutes(10)));
        assertThat(Liveness.of(Duration.ofSeconds(1)))
                .isEqualTo(new Liveness(Duration.ofSeconds(5), Duration.ofSeconds(15)));
    }
}
