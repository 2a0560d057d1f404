package dev.tributary.coordinator.round;

import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.update.DeviceId;
import java.util.OptionalDouble;
import java.util.Set;

/** What can happen to a federation. */
public sealed interface RoundEvent {
    /** A device announced itself. */
    record DeviceOnline(DeviceId device, Role role, long exampleCount) implements RoundEvent {}

    /** A device went away, or fell asleep. */
    record DeviceAway(DeviceId device, Status status) implements RoundEvent {}

    /** A device answered the open round. */
    record Answered(DeviceId device, OpenRound.Answer answer) implements RoundEvent {}

    /** Asynchronous: an update to an announcement that is no longer open waits for the next version. */
    record Buffered(DeviceId device) implements RoundEvent {}

    /** Asynchronous: the updates that waited for the next version are not to be counted, for this reason. */
    record BufferLost(String reason) implements RoundEvent {}

    /** No round is to be opened from now on, or rounds are again; an open one goes on. */
    record Paused(boolean paused) implements RoundEvent {}

    /** Time passed. */
    record Tick() implements RoundEvent {}

    /** A round with this number was announced before this coordinator began; new rounds get higher ones. */
    record EarlierRoundSeen(long number) implements RoundEvent {}

    /** What was kept of the open round's contributions cannot be used, for this reason. */
    record RoundLost(String reason) implements RoundEvent {}

    /** The model is another one from now on, for this reason: what was trained on the former is of no use. */
    record ModelReplaced(String reason) implements RoundEvent {}

    /**
     * The closed round's contributions are part of the model.
     *
     * @param outliers devices whose statistics were rejected; empty outside STATISTICS
     * @param score of the evaluated version, higher is better; empty outside EVALUATE, or when nobody evaluated
     * @param metric of the evaluated version in its own unit, for a target; empty when there is none that fits one
     */
    record Committed(Set<DeviceId> outliers, OptionalDouble score, OptionalDouble metric) implements RoundEvent {
        public Committed {
            outliers = Set.copyOf(outliers);
        }

        /** One without a metric. */
        public Committed(Set<DeviceId> outliers, OptionalDouble score) {
            this(outliers, score, OptionalDouble.empty());
        }
    }

    /** TRAIN updates of a round that closed came to so many bytes of PUBLISH packets. */
    record Uploaded(long bytes) implements RoundEvent {}

    /** The closed round's contributions could not be used. */
    record CommitFailed(String reason) implements RoundEvent {}
}
