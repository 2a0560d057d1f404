package dev.tributary.agent.participation;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides when a device may sleep, and for how long; owned by the session's queue. */
final class Sleeper {
    /** How long a device waits for a connection or a receipt before it sleeps without. */
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** The longest sleep that a coordinator can ask for. */
    static final Duration LONGEST = Duration.ofDays(1);
    /** Sleeps are up to this share longer than asked for. */
    static final double SPREAD = 0.1;

    private final DutyCycle.Sleeps dutyCycle;
    private final RandomGenerator spread;
    private long lastEventNanos;

    Sleeper(DutyCycle.Sleeps dutyCycle, RandomGenerator spread, long nowNanos) {
        this.dutyCycle = dutyCycle;
        this.spread = spread;
        this.lastEventNanos = nowNanos;
    }

    /** Something came, was done, or connected. */
    void happened(long nowNanos) {
        lastEventNanos = nowNanos;
    }

    /** How long to wait before looking whether to sleep. */
    Duration interval() {
        Duration second = Duration.ofSeconds(1);
        return dutyCycle.awake().compareTo(second) < 0 ? dutyCycle.awake() : second;
    }

    /**
     * Whether to sleep now, given that no work can be done.
     *
     * @param isOpen whether a call is not answered, or an answer has no receipt
     */
    boolean maySleep(long nowNanos, boolean isConnected, boolean isOpen) {
        Duration quiet = Duration.ofNanos(nowNanos - lastEventNanos);
        Duration patience = dutyCycle.awake().compareTo(PATIENCE) < 0 ? PATIENCE : dutyCycle.awake();
        return quiet.compareTo(isConnected && !isOpen ? dutyCycle.awake() : patience) >= 0;
    }

    /**
     * The longer of the device's own sleep and the earliest moment at which a federation asks it to look again, a day at
     * most, and up to a tenth more, in whole seconds.
     *
     * @param comeBacks for each federation that said so, how long from now
     */
    Duration sleep(Collection<Duration> comeBacks) {
        Optional<Duration> earliest = comeBacks.stream().min(Duration::compareTo);
        Duration asked = earliest.filter(comeBack -> comeBack.compareTo(LONGEST) < 0)
                .orElse(earliest.isPresent() ? LONGEST : Duration.ZERO);
        Duration longer = asked.compareTo(dutyCycle.sleep()) > 0 ? asked : dutyCycle.sleep();
        double share = 1 + SPREAD * spread.nextDouble();
        return Duration.ofSeconds(Math.max(1, Math.round(longer.toMillis() / 1_000.0 * share)));
    }
}
