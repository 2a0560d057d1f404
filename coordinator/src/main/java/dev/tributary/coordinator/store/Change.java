package dev.tributary.coordinator.store;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One change of what is kept of a federation; {@link FederationStore#commit} makes many durable at once. */
public sealed interface Change {
    /** The federation that changes. */
    FederationId federation();

    /**
     * A federation begins; its specification and its workflow must be in the same commit.
     *
     * @param fingerprint all bytes of the fingerprint of its schema without a standardiser
     */
    record CreateFederation(FederationId federation, Bytes fingerprint, Instant createdAt) implements Change {}

    /**
     * The newest specification; one with the same schema revision takes the place of the earlier one, and must have its
     * schema if there is a version of it.
     */
    record SaveSpec(FederationSpec spec) implements Change {
        @Override
        public FederationId federation() {
            return spec.federation();
        }
    }

    /** Where the workflow stands now. */
    record SaveWorkflow(FederationId federation, Workflow workflow) implements Change {}

    /** A device as it is known now. */
    record SaveDevice(FederationId federation, Device device) implements Change {}

    /** A round opens, with those that are selected; its id must be above that of the newest. */
    record OpenARound(RoundAnnouncement announcement, OpenRound round) implements Change {
        public OpenARound {
            if (!announcement.round().equals(round.id())
                    || announcement.kind() != round.step().kind()
                    || !announcement.nonce().equals(round.nonce())
                    || announcement.share() != round.share()
                    || announcement.trainRounds() != round.trainRounds()) {
                throw new IllegalArgumentException(
                        "announcement must be that of round " + round.id() + ", was " + announcement);
            }
        }

        @Override
        public FederationId federation() {
            return announcement.federation();
        }
    }

    /** A device is selected for the open round that was not when it opened; nothing changes for one that is. */
    record JoinRound(FederationId federation, RoundId round, DeviceId device) implements Change {}

    /**
     * What a device did in a round, in place of what was kept of it there.
     *
     * @param payload the update as it came, for a contribution to the open round or to the buffer; without it what is
     *     kept stays
     */
    record SaveParticipation(
            FederationId federation, RoundId round, Participation participation, Optional<Bytes> payload)
            implements Change {}

    /** The updates in the buffer are part of this version; their payloads are kept no longer. */
    record CountBuffer(FederationId federation, long version) implements Change {}

    /** The updates in the buffer are to be counted nowhere, for this reason; their payloads are kept no longer. */
    record DropBuffer(FederationId federation, String reason) implements Change {}

    /**
     * What the device contributed to the open round, and what of it is in the buffer, is to be counted nowhere, for this
     * reason; the payloads are kept no longer.
     */
    record Withdraw(FederationId federation, DeviceId device, String reason) implements Change {}

    /** The open round closed; the payloads of its contributions are kept no longer, but for those in the buffer. */
    record CloseRound(RoundRecord round) implements Change {
        @Override
        public FederationId federation() {
            return round.federation();
        }
    }

    /** A model version, whose number must be above that of the newest, and its schema that of a specification kept. */
    record SaveModel(FederationId federation, ModelVersion version) implements Change {}

    /** The optimiser's state after the newest version, in place of the one before. */
    record SaveOptimizerState(FederationId federation, OptimizerState state) implements Change {}

    /** The evaluation of a version, in place of an earlier one. */
    record SaveEvaluation(EvaluationRecord evaluation) implements Change {
        @Override
        public FederationId federation() {
            return evaluation.federation();
        }
    }

    /**
     * Forget all but the newest versions, never the newest one, and the rounds before the oldest version that is left.
     *
     * @param versions how many stay at most
     * @param age how old they may be at {@code now}
     */
    record TrimHistory(FederationId federation, int versions, Duration age, Instant now) implements Change {}
}
