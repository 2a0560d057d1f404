package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.update.DeviceId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One device on the wire: announces itself, follows specification, model, announcements and receipts of its federations,
 * and answers rounds.
 *
 * <p>It owns the transport and the state from {@link #start} to {@link #close}. All its work, training included, runs on
 * {@code work}, one task at a time and in order; hundreds of sessions may share one executor. Methods may be called from
 * any thread.
 */
public final class DeviceSession implements AutoCloseable {
    private final DeviceId device;
    private final Transport transport;

    /**
     * A session that does nothing yet.
     *
     * @param transport not started; made with {@link #will} as its will
     * @param members one for each federation
     * @param work runs the session's work, training included; an executor with one thread for each core fits
     */
    public DeviceSession(
            DeviceId device,
            Transport transport,
            List<Member> members,
            Executor work,
            DeviceState state,
            SessionListener listener,
            SessionClock clock) {
        this.device = device;
        this.transport = transport;
    }

    /** The will to give to the device's transport: the retained word that it is offline. */
    public static Publication will(DeviceId device) {
        Presence offline = new Presence(device, Presence.Status.OFFLINE, AgentVersion.current(), List.of());
        return Publication.of(Topics.presence(device), WireMapper.encode(offline))
                .retain();
    }

    /** Connects, and keeps connected until {@link #close}; call once. */
    public void start() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Whether the connection to the broker stands now. */
    public boolean isConnected() {
        return transport.isConnected();
    }

    /** Says again who and where the device is, for example because it holds many more examples now. */
    public void announce() {}

    /** Publishes a prediction of this device; while there is no connection it is dropped, and false returned. */
    public boolean publish(Prediction prediction) {
        Bytes payload = WireMapper.encode(prediction);
        return payload.size() > 0 && device.equals(prediction.device());
    }

    /** Says that the device is offline, and closes transport and state; work that has begun ends unseen. */
    @Override
    public void close() {}
}
