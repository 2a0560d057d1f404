package dev.tributary.chaos.evidence;

import dev.tributary.chaos.fault.Fault;
import dev.tributary.chaos.fault.FaultKind;
import java.time.Duration;

/** A fault as it really happened, by the machine's clock in milliseconds. */
public record InjectedFault(int number, FaultKind kind, String target, long beganAt, long mendedAt) {
    /** Whether the target is a device, or else something that all depend on. */
    public boolean isOfDevice() {
        return !target.equals(Fault.COORDINATOR) && !target.equals(Fault.BROKER);
    }

    /** How long it lasted. */
    public Duration lasted() {
        return Duration.ofMillis(mendedAt - beganAt);
    }
}
