package dev.tributary.chaos.fault;

import java.time.Duration;

/** A way in which something goes wrong; the order is that of tables. */
public enum FaultKind {
    KILL_COORDINATOR("coordinator killed (SIGKILL)", Victim.COORDINATOR, 4, 200, 3_000),
    KILL_BROKER("broker killed (SIGKILL)", Victim.BROKER, 2, 200, 3_000),
    KILL_AGENT("device killed (SIGKILL)", Victim.AGENT, 8, 200, 10_000),
    PAUSE_COORDINATOR("coordinator stopped (SIGSTOP)", Victim.COORDINATOR, 2, 500, 8_000),
    PAUSE_BROKER("broker stopped (SIGSTOP)", Victim.BROKER, 2, 500, 6_000),
    PAUSE_AGENT("device stopped (SIGSTOP)", Victim.AGENT, 5, 500, 20_000),
    CLOCK_JUMP("coordinator's clock jumps", Victim.CLOCK, 3, 2_000, 8_000),
    SILENCE("connection dead without a word", Victim.LINK, 5, 3_000, 15_000),
    RESET("connection reset", Victim.LINK, 6, 200, 8_000),
    STALL("packets held, then delivered", Victim.LINK, 5, 500, 10_000),
    DELAY("packets delayed", Victim.LINK, 6, 3_000, 15_000),
    DUPLICATES("publications delivered twice", Victim.LINK, 7, 4_000, 15_000),
    REORDERING("publications overtaken", Victim.LINK, 7, 4_000, 15_000);

    /** Who suffers. */
    enum Victim {
        COORDINATOR,
        BROKER,
        AGENT,
        CLOCK,
        LINK
    }

    private final String words;
    private final Victim victim;
    private final int weight;
    private final int minMillis;
    private final int maxMillis;

    FaultKind(String words, Victim victim, int weight, int minMillis, int maxMillis) {
        this.words = words;
        this.victim = victim;
        this.weight = weight;
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
    }

    /** What a table says. */
    public String words() {
        return words;
    }

    Victim victim() {
        return victim;
    }

    /** How often it happens, beside the others. */
    int weight() {
        return weight;
    }

    /** How long it lasts: {@code position} of 0 is short, of 1 long. */
    Duration lasts(double position) {
        return Duration.ofMillis(Math.round(minMillis + position * position * (maxMillis - minMillis)));
    }
}
