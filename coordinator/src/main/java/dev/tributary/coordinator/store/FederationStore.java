package dev.tributary.coordinator.store;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The coordinator's memory, to the millisecond, safe for use by many threads. Every method throws {@link StoreUnavailableException} while the
 * store cannot be reached, read or written.
 */
public interface FederationStore extends FederationRecords, AutoCloseable {
    /**
     * Makes all of these changes durable, in order, or none of them.
     *
     * @throws IllegalArgumentException when a change does not fit what is kept, such as a version that is not new
     */
    void commit(List<Change> changes);

    /** What the federation goes on with; empty when it was never created. */
    Optional<FederationMemory> memory(FederationId federation);

    /**
     * Gives each contribution to the open round, in the order of the devices' ids: the device and the update as it came. They
     * are not all in memory at once.
     */
    void contributions(FederationId federation, RoundId round, BiConsumer<DeviceId, Bytes> taker);

    /**
     * Gives each update of an asynchronous federation that waits for the next version, in the order of rounds and devices.
     * They are not all in memory at once.
     */
    void buffered(FederationId federation, Consumer<BufferedUpdate> taker);

    /** The announcement of a round, open or closed; empty when it is forgotten, or never was. */
    Optional<RoundAnnouncement> announcement(FederationId federation, RoundId round);

    /** What a device did in a round; empty when it was not selected, or the round is forgotten. */
    Optional<Participation> participation(FederationId federation, RoundId round, DeviceId device);

    /** The federations, in order. */
    List<FederationId> federations();

    /** The newest specification of a federation. */
    Optional<FederationSpec> spec(FederationId federation);

    /** The devices that a federation knows, in order. */
    List<Device> devices(FederationId federation);

    /** One model version, if it is still kept. */
    Optional<ModelVersion> model(FederationId federation, long version);

    /** The newest model version. */
    Optional<ModelVersion> latestModel(FederationId federation);

    /** The newest {@code limit} model versions, newest first. */
    List<ModelVersion> models(FederationId federation, int limit);

    /** One closed round. */
    Optional<RoundRecord> round(FederationId federation, RoundId round);

    /** The newest {@code limit} closed rounds, newest first. */
    List<RoundRecord> rounds(FederationId federation, int limit);

    /** The evaluation of a version. */
    Optional<EvaluationRecord> evaluation(FederationId federation, long version);

    /** Lets go of what is held open. */
    @Override
    void close();
}
