package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import java.time.Duration;

/**
 * What a device session tells its owner; one listener may serve many sessions, so it must be safe for many threads. Calls
 * about rounds come on the session's queue, calls about packets and the connection on the transport's thread; none may
 * block.
 */
public interface SessionListener {
    /** The connection to the broker stands. */
    default void onConnected() {}

    /** The connection is gone, or could not be made. */
    default void onDisconnected(String reason) {}

    /** The device leaves the broker for this long. */
    default void onAsleep(Duration sleep) {}

    /** The device returns to the broker. */
    default void onAwake() {}

    /** A specification other than the last one is in force. */
    default void onSpec(FederationSpec spec) {}

    /** A model that fits the specification in force is the newest one; after a restart also the stored one. */
    default void onModel(FederationId federation, GlobalModel model) {}

    /**
     * The device predicts with this model from now on.
     *
     * @param model under the schema as the device applies it
     * @param isPersonal whether the device made it for itself, from the version whose number it has
     */
    default void onPredictor(FederationId federation, GlobalModel model, boolean isPersonal) {}

    /**
     * An answer is kept and will be published next; also one that a former process kept and that has no receipt yet.
     *
     * @param payload the answer's bytes
     */
    default void onAnswer(FederationId federation, DeviceMessage answer, Bytes payload) {}

    /** The coordinator answered an update. */
    default void onReceipt(Receipt receipt) {}

    /** The work for a round, local training for TRAIN, took this long and gave an update. */
    default void onContributed(FederationId federation, RoundKind kind, Duration took) {}

    /** The device said that it will not contribute to a round. */
    default void onDeclined(FederationId federation, Decline.Reason reason) {}

    /** A message was not what the wire protocol says, and was dropped. */
    default void onMalformed(Traffic traffic) {}

    /**
     * A PUBLISH packet was sent.
     *
     * @param packetBytes fixed header to payload
     * @param float32PacketBytes the same for an update whose vectors were float32; {@code packetBytes} outside TRAIN
     */
    default void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {}

    /** A PUBLISH packet of {@code packetBytes}, fixed header to payload, was received. */
    default void onReceived(Traffic traffic, int packetBytes) {}

    /** A listener that hears nothing. */
    static SessionListener none() {
        return new SessionListener() {};
    }
}
