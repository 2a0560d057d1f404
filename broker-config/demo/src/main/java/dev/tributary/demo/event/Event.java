package dev.tributary.demo.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Something that the coordinator or the fleet told. */
public sealed interface Event {
    /** The process does its work now; {@code http} is where its metrics are. */
    record Ready(String http, long devices, long trainers) implements Event {}

    /** A device of the fleet could not be started. */
    record DeviceFailed(String device, String reason) implements Event {}

    /** The coordinator announced a round. */
    record RoundOpened(long round, long attempt, String kind, long selected) implements Event {}

    /** A round ended. */
    record RoundClosed(
            long round,
            String kind,
            boolean committed,
            String reason,
            long contributors,
            long selected,
            long declined,
            long rejected,
            OptionalDouble loss,
            long bytesUp,
            long bytesUpFloat32,
            double seconds)
            implements Event {}

    /** A model version was evaluated. */
    record Evaluated(long version, long trainRound, Optional<Scores> own, Optional<Scores> onNew) implements Event {}

    /** A device's contribution was refused. */
    record DeviceRejected(String device, String code, String detail) implements Event {}

    /** Contributions to a round that its aggregation did not count, by device. */
    record UpdatesLeftOut(long round, List<String> devices) implements Event {
        public UpdatesLeftOut {
            devices = List.copyOf(devices);
        }
    }

    /** The coordinator waits for devices. */
    record Waiting(long online, long startWhen) implements Event {}

    /** The federation has reached its end. */
    record Finished(Outcome outcome) implements Event {}

    /** The coordinator cannot go on by itself. */
    record Problem(String message) implements Event {}

    /** A line that is none of the above. */
    record Unknown(String line) implements Event {}
}
