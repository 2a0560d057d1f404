package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a federation tells those who watch it. */
public sealed interface FederationEvent {
    /** The federation that it is about. */
    FederationId federation();

    /** A round was announced. */
    record RoundOpened(FederationId federation, RoundId round, RoundKind kind, long baseVersion, int selected)
            implements FederationEvent {}

    /** A round was committed or abandoned. */
    record RoundClosed(RoundRecord round) implements FederationEvent {
        @Override
        public FederationId federation() {
            return round.federation();
        }
    }

    /** There is a new model version, trained, solved or rolled back to. */
    record VersionMade(FederationId federation, long version) implements FederationEvent {}

    /** A version was evaluated. */
    record Evaluated(EvaluationRecord evaluation, ModelSchema schema) implements FederationEvent {
        @Override
        public FederationId federation() {
            return evaluation.federation();
        }
    }

    /** A device was left out for good. */
    record DeviceRejected(FederationId federation, DeviceId device, Receipt.Code code, String detail)
            implements FederationEvent {}

    /** Contributors to a committed round whose updates its aggregation did not count, each with the reason. */
    record UpdatesLeftOut(FederationId federation, RoundId round, SortedMap<DeviceId, String> devices)
            implements FederationEvent {
        public UpdatesLeftOut {
            devices = Collections.unmodifiableSortedMap(new TreeMap<>(devices));
        }
    }

    /** A person wants no round to be opened, or rounds again. */
    record Paused(FederationId federation, boolean paused) implements FederationEvent {}

    /** A person wants a device to take no part, or to take part again. */
    record Quarantined(FederationId federation, DeviceId device, boolean quarantined, String reason)
            implements FederationEvent {}

    /** Too few devices are online to go on. */
    record Waiting(FederationId federation, int online, int needed) implements FederationEvent {}

    /**
     * The federation ended.
     *
     * @param evaluation of the newest version; empty when nobody evaluated it
     * @param duration from the first announcement to the last committed metric
     */
    record Finished(
            FederationId federation,
            ModelSchema schema,
            boolean converged,
            String reason,
            int trainRounds,
            long modelVersion,
            int devices,
            Optional<EvaluationRecord> evaluation,
            Duration duration,
            String weightsSha256)
            implements FederationEvent {}

    /** Something that a person should know. */
    record Problem(FederationId federation, String message) implements FederationEvent {}

    /** A device's answer was judged; {@code code} is the verdict, empty for a decline, {@code repeat} for a duplicate. */
    record Judged(FederationId federation, DeviceId device, Optional<Receipt.Code> code, boolean repeat)
            implements FederationEvent {}

    /**
     * An accepted update of an asynchronous federation waits for the next version.
     *
     * @param staleness versions made since the one that it was trained from
     */
    record Buffered(FederationId federation, DeviceId device, long staleness) implements FederationEvent {}

    /**
     * An answer arrived.
     *
     * @param kind of the round that it answers; empty for a decline or what could not be read
     * @param packetBytes of its PUBLISH
     */
    record Received(FederationId federation, Optional<RoundKind> kind, boolean decline, int packetBytes)
            implements FederationEvent {}

    /** How many devices are online now. */
    record Online(FederationId federation, int devices) implements FederationEvent {}
}
