package dev.tributary.agent.participation;

import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.Transport;
import dev.tributary.update.DeviceId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One device on the wire: announces itself, follows specification, model, announcements and receipts of its federations,
 * and answers rounds.
 *
 * <p>It owns the transport from {@link #start} to {@link #close}; the state stays its maker's, to be closed after the
 * executor has ended. All its work, training included, runs on {@code work}, one task at a time and in order; hundreds
 * of sessions may share one executor. Methods may be called from any thread.
 */
public final class DeviceSession implements AutoCloseable {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final DeviceId device;
    private final Transport transport;
    private final SessionListener listener;
    private final SessionClock clock;
    private final TrafficLedger ledger = new TrafficLedger();
    private final List<Participation> participations = new ArrayList<>();
    private final WorkQueue queue;
    private Duration retry = FIRST_RETRY;
    private volatile boolean closed;

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
        this(device, transport, members, work, state, listener, clock, Learner.linear());
    }

    DeviceSession(
            DeviceId device,
            Transport transport,
            List<Member> members,
            Executor work,
            DeviceState state,
            SessionListener listener,
            SessionClock clock,
            Learner learner) {
        if (members.stream().map(Member::federation).distinct().count() != members.size()) {
            throw new IllegalArgumentException("members must be of distinct federations, were " + members);
        }
        this.device = device;
        this.transport = transport;
        this.listener = listener;
        this.clock = clock;
        for (Member member : members) {
            participations.add(
                    new Participation(device, member, learner, state, listener, clock::nanoTime, this::send));
        }
        this.queue = new WorkQueue(work, this::workOnce);
    }

    /** The will to give to the device's transport: the retained word that it is offline. */
    public static Publication will(DeviceId device) {
        Presence offline = new Presence(device, Presence.Status.OFFLINE, AgentVersion.current(), List.of());
        return presencePublication(offline);
    }

    /** Connects, and keeps connected until {@link #close}; call once. */
    public void start() {
        queue.tell(() -> participations.forEach(Participation::restore));
        SessionInbox inbox =
                new SessionInbox(device, participations, queue, ledger, listener, this::onConnected, this::onPublished);
        inbox.topics().forEach(transport::subscribe);
        transport.start(inbox);
    }

    /** Whether the connection to the broker stands now. */
    public boolean isConnected() {
        return transport.isConnected();
    }

    /** Says again who and where the device is, for example because it holds many more examples now. */
    public void announce() {
        queue.tell(this::sayOnline);
    }

    private void sayOnline() {
        if (!closed && transport.isConnected()) {
            publish(presencePublication(presence(Presence.Status.ONLINE)), Traffic.PRESENCE);
        }
    }

    /** Publishes a prediction of this device; while there is no connection it is dropped, and false returned. */
    public boolean publish(Prediction prediction) {
        if (closed || !transport.isConnected()) {
            return false;
        }
        String topic = Topics.prediction(prediction.federation(), device);
        publish(Publication.of(topic, WireMapper.encode(prediction)), Traffic.PREDICTION);
        return true;
    }

    /** Says that the device is offline and closes the transport; work that has begun ends unseen. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (transport.isConnected()) {
            publish(presencePublication(presence(Presence.Status.OFFLINE)), Traffic.PRESENCE);
        }
        transport.close();
    }

    private boolean workOnce() {
        for (Participation participation : participations) {
            if (!closed && participation.work()) {
                return true;
            }
        }
        return false;
    }

    /** A will may have said that the device is gone, and a broker may have forgotten all. */
    private void onConnected() {
        retry = FIRST_RETRY;
        sayOnline();
        participations.forEach(participation -> participation.unsettled().ifPresent(this::send));
    }

    private void onPublished(Publication publication, PublishOutcome outcome) {
        for (Participation participation : participations) {
            Optional<Answer> answer = participation
                    .unsettled()
                    .filter(unsettled -> unsettled.publication().equals(publication));
            if (answer.isEmpty()) {
                continue;
            }
            if (outcome == PublishOutcome.NO_SUBSCRIBERS) {
                // Nobody has it: the coordinator is away.
                clock.after(
                        retry, () -> queue.tell(() -> participation.unsettled().ifPresent(this::send)));
                Duration doubled = retry.multipliedBy(2);
                retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
            } else if (outcome == PublishOutcome.REFUSED) {
                participation.onRefused(answer.get());
            } else {
                retry = FIRST_RETRY;
            }
        }
    }

    private void send(Answer answer) {
        Publication publication = answer.publication();
        if (!closed && !ledger.holds(publication)) {
            publish(publication, answer.traffic(), answer.float32Bytes());
        }
    }

    private void publish(Publication publication, Traffic traffic) {
        publish(publication, traffic, publication.payload().size());
    }

    private void publish(Publication publication, Traffic traffic, int float32Bytes) {
        ledger.add(publication, traffic, float32Bytes);
        try {
            transport.publish(publication);
        } catch (IllegalStateException e) {
            // The transport was closed after this looked.
            ledger.remove(publication);
        }
    }

    private Presence presence(Presence.Status status) {
        List<Presence.Membership> memberships = participations.stream()
                .map(Participation::member)
                .map(member -> new Presence.Membership(
                        member.federation(), member.role(), member.examples().count()))
                .toList();
        return new Presence(device, status, AgentVersion.current(), memberships);
    }

    private static Publication presencePublication(Presence presence) {
        return Publication.of(Topics.presence(presence.device()), WireMapper.encode(presence))
                .retain();
    }
}
