package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ReconnectionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Ending CUT = Ending.silent("connection lost");
    private static final Ending TAKEN_OVER = new Ending("taken over", 142);

    private static Reconnection with(SessionPolicy session) {
        return new Reconnection("pump-7", session, new Backoff(new SplittableRandom(1)));
    }

    @Test
    void startsClean_persistent_never() {
        Reconnection reconnection = with(new SessionPolicy.Persistent(Duration.ofDays(1)));
        assertThat(reconnection.startsClean(0)).isFalse();
        reconnection.opened(0);
        reconnection.lost(SECOND);
        assertThat(reconnection.startsClean(100_000 * SECOND)).isFalse();
    }

    @Test
    void startsClean_overShortLosses_firstAndAfterLongerOnes() {
        Reconnection reconnection = with(SessionPolicy.OverShortLosses.DEFAULT);
        assertThat(reconnection.startsClean(0)).as("first of the process").isTrue();
        reconnection.opened(0);
        reconnection.lost(10 * SECOND);
        assertThat(reconnection.startsClean(70 * SECOND)).isFalse();
        assertThat(reconnection.startsClean(70 * SECOND + 1)).isTrue();
        reconnection.opened(100 * SECOND);
        reconnection.lost(101 * SECOND);
        assertThat(reconnection.startsClean(102 * SECOND)).isFalse();
    }

    @Test
    void startsClean_sessionThatDeliveredNothing_untilAConnectionStands() {
        Reconnection reconnection = with(new SessionPolicy.Persistent(Duration.ofDays(1)));
        reconnection.opened(0);
        reconnection.distrustSession();
        reconnection.lost(30 * SECOND);
        assertThat(reconnection.startsClean(31 * SECOND)).isTrue();
        assertThat(reconnection.startsClean(32 * SECOND)).as("the try failed").isTrue();
        reconnection.opened(33 * SECOND);
        reconnection.lost(34 * SECOND);
        assertThat(reconnection.startsClean(35 * SECOND)).isFalse();
    }

    @Test
    void overShortLosses_brokerKeepsTheSessionTwiceAsLong_andNotAfterAGoodbye() {
        SessionPolicy session = new SessionPolicy.OverShortLosses(Duration.ofSeconds(60));
        assertThat(session.expiry()).isEqualTo(Duration.ofMinutes(2));
        assertThat(session.expiryAfterGoodbye()).isZero();
        SessionPolicy persistent = new SessionPolicy.Persistent(Duration.ofDays(1));
        assertThat(persistent.expiryAfterGoodbye()).isEqualTo(persistent.expiry());
        assertThat(session.startsClean(Optional.empty())).isTrue();
    }

    @Test
    void sessionPolicy_outOfRange_isRefused() {
        assertThatThrownBy(() -> new SessionPolicy.Persistent(Duration.ofSeconds(-1)))
                .hasMessage("expiry must be in 0 s … 4294967295 s, was PT-1S");
        assertThatThrownBy(() -> new SessionPolicy.OverShortLosses(Duration.ofSeconds(-1)))
                .hasMessage("2 × resumeWithin must be in 0 s … 4294967295 s, was PT-2S");
    }

    @Test
    void waitAfter_idTakenOverAgainAndAgain_growsToAMinute_andIsForgottenAfterQuietMinutes() {
        Reconnection reconnection = with(SessionPolicy.OverShortLosses.DEFAULT);
        long now = 0;
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            reconnection.opened(now);
            now += 60 * SECOND;
            reconnection.lost(now);
            assertThat(reconnection.waitAfter(TAKEN_OVER)).isEqualTo(Duration.ofSeconds(seconds));
        }
        reconnection.opened(now);
        reconnection.lost(now + 301 * SECOND);
        assertThat(reconnection.waitAfter(TAKEN_OVER)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void waitAfter_connectionThatLasted_isShortAgain() {
        Reconnection reconnection = with(SessionPolicy.OverShortLosses.DEFAULT);
        for (int i = 0; i < 30; i++) {
            assertThat(reconnection.waitAfter(CUT)).isLessThanOrEqualTo(Backoff.CAP);
        }
        reconnection.opened(0);
        reconnection.lost(6 * SECOND);
        assertThat(reconnection.waitAfter(CUT)).isLessThanOrEqualTo(Duration.ofMillis(250));
    }
}
