package dev.tributary.agent.participation;

import dev.tributary.learning.LocalTrainer;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.transport.LinkTraffic;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.update.DeviceId;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
    /** A call may come before the step to its base version, never by this much. */
    private static final Duration STEP_PATIENCE = Duration.ofSeconds(3);

    private final DeviceId device;
    private final Connecting connecting;
    private final Link link;
    private final SessionInbox inbox;
    private final SessionListener listener;
    private final SessionClock clock;
    private final TrafficLedger ledger = new TrafficLedger();
    private final List<Participation> participations = new ArrayList<>();
    private final WorkQueue queue;
    private final Allowance allowance;
    private volatile boolean asleep;
    private volatile boolean closed;

    // From here on: the queue's.
    private Duration retry = FIRST_RETRY;
    private boolean tellsTraffic;
    private Optional<Sleeper> sleeper = Optional.empty();

    /**
     * A session that does nothing yet.
     *
     * @param connecting makes transports with {@link #will} as their will
     * @param members one for each federation
     * @param work runs the session's work, training included; an executor with one thread for each core fits
     */
    public DeviceSession(
            DeviceId device,
            Connecting connecting,
            List<Member> members,
            Executor work,
            DeviceState state,
            SessionListener listener,
            SessionClock clock) {
        this(device, connecting, members, work, state, listener, clock, UnaryOperator.identity());
    }

    /** The same, with another trainer in place of the one that devices train with. */
    public DeviceSession(
            DeviceId device,
            Connecting connecting,
            List<Member> members,
            Executor work,
            DeviceState state,
            SessionListener listener,
            SessionClock clock,
            UnaryOperator<LocalTrainer> trainer) {
        this(
                device,
                connecting,
                members,
                work,
                state,
                listener,
                clock,
                Learner.ofThisVersion().trainedBy(trainer));
    }

    DeviceSession(
            DeviceId device,
            Connecting connecting,
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
        this.connecting = connecting;
        this.link = new Link(connecting.transports());
        this.listener = listener;
        this.clock = clock;
        this.allowance = new Allowance(link::traffic, clock::nanoTime);
        for (Member member : members) {
            participations.add(new Participation(
                    device,
                    member,
                    learner,
                    state,
                    listener,
                    clock::nanoTime,
                    this::send,
                    this::whenStepsShouldBeThere,
                    allowance));
        }
        this.queue = new WorkQueue(work, this::workOnce);
        this.inbox =
                new SessionInbox(device, participations, queue, ledger, listener, this::onConnected, this::onPublished);
    }

    /** The will to give to the device's transport: the retained word that it is offline. */
    public static Publication will(DeviceId device) {
        Presence offline = new Presence(device, Presence.Status.OFFLINE, AgentVersion.current(), List.of());
        return presencePublication(offline);
    }

    /** Connects, and keeps connected, or returns after each sleep, until {@link #close}; call once. */
    public void start() {
        queue.tell(() -> participations.forEach(Participation::restore));
        if (connecting.dutyCycle() instanceof DutyCycle.Sleeps sleeps) {
            queue.tell(() -> {
                sleeper = Optional.of(new Sleeper(sleeps, connecting.spread(), clock.nanoTime()));
                considerSleepLater();
            });
        }
        queue.tell(this::open);
    }

    private void open() {
        link.open(topics(), inbox, keepAlive());
    }

    /** The longest that a budget asks for; empty for the device's own. */
    private Optional<Duration> keepAlive() {
        return budgets().map(ByteBudget::keepAlive).max(Comparator.naturalOrder());
    }

    private Stream<ByteBudget> budgets() {
        return participations.stream().flatMap(participation -> participation.budget().stream());
    }

    private Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        participations.forEach(participation -> topics.addAll(participation.topics()));
        return topics;
    }

    private void whenStepsShouldBeThere(Runnable task) {
        clock.after(STEP_PATIENCE, () -> queue.tell(task));
    }

    /** Whether the connection to the broker stands now. */
    public boolean isConnected() {
        return link.isConnected();
    }

    /** Whether the device has left the broker for a while, of its own accord. */
    public boolean isAsleep() {
        return asleep;
    }

    /** Says again who and where the device is, for example because it holds many more examples now. */
    public void announce() {
        queue.tell(this::sayOnline);
    }

    private void sayOnline() {
        if (!closed && link.isConnected()) {
            publish(presencePublication(presence(Presence.Status.ONLINE, Optional.empty())), Traffic.PRESENCE);
        }
    }

    /** Publishes a prediction of this device; while there is no connection it is dropped, and false returned. */
    public boolean publish(Prediction prediction) {
        if (closed || !link.isConnected()) {
            return false;
        }
        String topic = Topics.prediction(prediction.federation(), device);
        return publish(Publication.of(topic, WireMapper.encode(prediction)), Traffic.PREDICTION);
    }

    /** Says that the device is offline and closes the transport; work that has begun ends unseen. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (link.isConnected()) {
            publish(presencePublication(presence(Presence.Status.OFFLINE, Optional.empty())), Traffic.PRESENCE);
        }
        link.end();
    }

    private void considerSleepLater() {
        sleeper.ifPresent(
                thinking -> clock.after(thinking.interval(), () -> queue.tell(() -> considerSleep(thinking))));
    }

    private void considerSleep(Sleeper thinking) {
        if (closed || asleep) {
            return;
        }
        boolean isOpen = participations.stream().anyMatch(Participation::isOpen);
        boolean canWork = participations.stream().anyMatch(Participation::canWork);
        if (canWork || !thinking.maySleep(clock.nanoTime(), link.isConnected(), isOpen)) {
            considerSleepLater();
            return;
        }
        Duration sleep = thinking.sleep(participations.stream()
                .flatMap(participation -> participation.comeBack().stream())
                .toList());
        if (link.isConnected()) {
            publish(presencePublication(presence(Presence.Status.SLEEPING, Optional.of(sleep))), Traffic.PRESENCE);
        }
        asleep = true;
        link.close();
        // What was left unsent is gone with the transport; an answer without receipt is sent again after the sleep.
        ledger.clear();
        listener.onAsleep(sleep);
        clock.after(sleep, () -> queue.tell(this::wake));
    }

    private void wake() {
        asleep = false;
        happened();
        listener.onAwake();
        open();
        considerSleepLater();
    }

    private void happened() {
        sleeper.ifPresent(thinking -> thinking.happened(clock.nanoTime()));
    }

    private boolean workOnce() {
        link.follow(topics());
        followBudget();
        for (Participation participation : participations) {
            if (!closed && participation.work()) {
                happened();
                return true;
            }
        }
        return false;
    }

    /** A budget came or changed: the keep-alive is agreed when connecting, so the device connects anew once. */
    private void followBudget() {
        if (!tellsTraffic && budgets().findAny().isPresent()) {
            tellsTraffic = true;
            tellTrafficLater();
        }
        boolean isOpen = participations.stream().anyMatch(Participation::isOpen);
        if (!closed
                && !asleep
                && !isOpen
                && link.isConnected()
                && !link.keepAlive().equals(keepAlive())) {
            link.close();
            ledger.clear();
            open();
        }
    }

    private void tellTrafficLater() {
        Duration interval = budgets()
                .map(ByteBudget::metricsInterval)
                .min(Comparator.naturalOrder())
                .orElse(LAST_RETRY);
        clock.after(
                interval,
                () -> queue.tell(() -> {
                    tellTraffic();
                    tellTrafficLater();
                }));
    }

    private void tellTraffic() {
        if (closed || !link.isConnected() || budgets().findAny().isEmpty()) {
            return;
        }
        LinkTraffic day = allowance.day();
        DeviceMetrics metrics = new DeviceMetrics(device, day.sentBytes(), day.receivedBytes());
        publish(Publication.of(Topics.metrics(device), WireMapper.encode(metrics)), Traffic.METRICS);
    }

    /** A will may have said that the device is gone, and a broker may have forgotten all. */
    private void onConnected(boolean sessionPresent) {
        happened();
        retry = FIRST_RETRY;
        sayOnline();
        participations.forEach(participation -> participation.onConnected(sessionPresent));
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
            switch (outcome) {
                // Nobody has it: the coordinator is away, or there was no room.
                case NO_SUBSCRIBERS, DROPPED -> sendLater(participation);
                case REFUSED -> participation.onRefused(answer.get());
                case DELIVERED, SUPERSEDED -> retry = FIRST_RETRY;
            }
        }
    }

    private void sendLater(Participation participation) {
        clock.after(retry, () -> queue.tell(() -> participation.unsettled().ifPresent(this::send)));
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }

    private void send(Answer answer) {
        Publication publication = answer.publication();
        if (!closed && !ledger.holds(publication)) {
            publish(publication, answer.traffic(), answer.float32Bytes());
        }
    }

    private boolean publish(Publication publication, Traffic traffic) {
        return publish(publication, traffic, publication.payload().size());
    }

    private boolean publish(Publication publication, Traffic traffic, int float32Bytes) {
        ledger.add(publication, traffic, float32Bytes);
        boolean taken = link.publish(publication);
        if (!taken) {
            ledger.remove(publication);
        }
        return taken;
    }

    private Presence presence(Presence.Status status, Optional<Duration> returnsAfter) {
        List<Presence.Membership> memberships = participations.stream()
                .map(Participation::member)
                .map(member -> new Presence.Membership(
                        member.federation(), member.role(), member.examples().count()))
                .toList();
        return new Presence(device, status, AgentVersion.current(), memberships, returnsAfter);
    }

    private static Publication presencePublication(Presence presence) {
        return Publication.of(Topics.presence(presence.device()), WireMapper.encode(presence))
                .retain();
    }
}
