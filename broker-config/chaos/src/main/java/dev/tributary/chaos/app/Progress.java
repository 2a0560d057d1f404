package dev.tributary.chaos.app;

import dev.tributary.demo.event.Event;

/** What the coordinator told so far; for pacing the run alone, never for the verdict. */
final class Progress {
    private final long devices;
    private long newest;
    private long fullyEvaluated;
    private boolean finished;

    /** Progress of a federation with so many devices. */
    Progress(long devices) {
        this.devices = devices;
    }

    void take(Event event) {
        if (event instanceof Event.Evaluated evaluated) {
            newest = Math.max(newest, evaluated.version());
            boolean isFull = evaluated
                    .own()
                    .filter(own -> own.get("devices").orElse(0) >= devices)
                    .isPresent();
            fullyEvaluated = isFull ? Math.max(fullyEvaluated, evaluated.version()) : fullyEvaluated;
        } else if (event instanceof Event.Finished) {
            finished = true;
        }
    }

    /** The newest version that devices evaluated; 0 before the first. */
    long newest() {
        return newest;
    }

    /** The newest version that all devices evaluated; 0 before the first. */
    long fullyEvaluated() {
        return fullyEvaluated;
    }

    /** Whether the federation has come to its end. */
    boolean isFinished() {
        return finished;
    }
}
