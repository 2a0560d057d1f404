package dev.tributary.coordinator.store;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/** What is told of federations, page by page; safe for use by many threads. */
public interface FederationRecords {
    /** The newest {@code limit} rounds, open or closed, newest first, of all or of those before {@code before}. */
    List<KnownRound> rounds(FederationId federation, Optional<RoundId> before, int limit);

    /** One round, open or closed. */
    Optional<KnownRound> knownRound(FederationId federation, RoundId round);

    /** How a round was answered. */
    AnswerTally answers(FederationId federation, RoundId round);

    /** What devices did in a round, in their order, at most {@code limit}, from the first or from the one after {@code after}. */
    List<Participation> participations(FederationId federation, RoundId round, Optional<DeviceId> after, int limit);

    /** One device. */
    Optional<Device> device(FederationId federation, DeviceId device);

    /** At most {@code limit} devices, in order, from the first or from the one after {@code after}. */
    List<Device> devices(FederationId federation, Optional<DeviceId> after, int limit);

    /** How a device answered in all rounds that are kept. */
    AnswerTally answers(FederationId federation, DeviceId device);

    /**
     * The newest {@code limit} rounds, open or closed, newest first, of all or of those before {@code before}, as the
     * device sees them.
     */
    List<DeviceRound> roundsOf(FederationId federation, DeviceId device, Optional<RoundId> before, int limit);

    /** The newest {@code limit} versions, newest first, of all or of those below {@code before}. */
    List<VersionRecord> versions(FederationId federation, OptionalLong before, int limit);

    /** The versions that a TRAIN or SOLVE update of the device is part of, as far as their rounds are kept. */
    SortedSet<Long> versionsCounting(FederationId federation, DeviceId device);
}
