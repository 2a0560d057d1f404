package dev.tributary.transport.mqtt;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.LinkTraffic;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishPacket;
import dev.tributary.transport.TopicFilter;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * The transport over a real broker. One thread of its own owns all its state, calls the listener and keeps the timers;
 * Paho adds three while a connection stands. Safe from any thread.
 *
 * <p>At least once in both directions: a publication stays in the outbox until the broker answered it, unless there is no
 * room or a newer retained one replaces it; a message stays the broker's until it is acknowledged.
 */
public final class PahoTransport implements Transport {
    private static final System.Logger LOG = System.getLogger(PahoTransport.class.getName());
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int FIRST_ERROR = 0x80;

    private final MqttSettings settings;
    private final Liveness liveness;
    private final String probeTopic;
    private final LinkCounter counter;
    private final EventThread thread;
    private final Handover handover;
    private final Vigil vigil;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean connected;
    private volatile boolean closed;

    // From here on: the event thread's.
    private final Subscriptions subscriptions = new Subscriptions();
    private final Sender sender;
    private final Reconnection reconnection;
    private Optional<TransportListener> listener = Optional.empty();
    private Optional<PahoConnection> connection = Optional.empty();
    private int number;
    private boolean probing;

    /** A client that {@link #start} connects. */
    public PahoTransport(MqttSettings settings) {
        this(settings, Liveness.of(settings.keepAlive()), new Backoff(new SplittableRandom()));
    }

    PahoTransport(MqttSettings settings, Liveness liveness, Backoff backoff) {
        this.settings = settings;
        this.liveness = liveness;
        this.probeTopic = Topics.probe(settings.clientId());
        this.counter = new LinkCounter(settings.isTls(), System::nanoTime);
        this.thread = new EventThread("mqtt-" + settings.clientId());
        this.handover = new Handover(settings.clientId(), thread);
        this.vigil = new Vigil(liveness);
        this.sender = new Sender(settings, thread, this::tell, this::noteDrained);
        this.reconnection = new Reconnection(settings.clientId(), settings.session(), backoff);
        subscriptions.want(probeTopic);
    }

    @Override
    public void start(TransportListener toTell) {
        if (started.getAndSet(true) || closed) {
            throw new IllegalStateException("a transport must be started once, was " + settings.clientId());
        }
        thread.run(() -> {
            listener = Optional.of(toTell);
            connect();
        });
    }

    @Override
    public void subscribe(String topicFilter) {
        TopicFilter filter = new TopicFilter(topicFilter);
        thread.run(() -> {
            subscriptions.want(filter.text());
            sendSubscriptions();
        });
    }

    @Override
    public void unsubscribe(String topicFilter) {
        TopicFilter filter = new TopicFilter(topicFilter);
        thread.run(() -> {
            subscriptions.unwant(filter.text());
            sendSubscriptions();
        });
    }

    @Override
    public void publish(Publication publication) {
        long now = System.nanoTime();
        if (closed || !thread.run(() -> sender.put(publication, now))) {
            throw new IllegalStateException("a closed transport must not publish, was " + settings.clientId());
        }
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public LinkTraffic traffic() {
        return counter.traffic();
    }

    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        closed = true;
        if (thread.isCurrent()) {
            end();
        } else {
            thread.run(this::noteDrained);
            try {
                if (started.get() && !drained.await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.log(System.Logger.Level.WARNING, "{0} closed before all was sent", settings.clientId());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.run(this::end);
        }
        thread.close();
    }

    private void end() {
        number++;
        connected = false;
        connection.ifPresent(last -> last.end(true));
        connection = Optional.empty();
    }

    private void noteDrained() {
        if (closed && sender.isEmpty()) {
            drained.countDown();
        }
    }

    private void connect() {
        int mine = ++number;
        try {
            PahoConnection next = new PahoConnection(settings, thread.timers(), counter, new Posted(mine));
            connection = Optional.of(next);
            next.open(reconnection.startsClean(System.nanoTime()));
            thread.later(ANSWER_TIMEOUT, () -> {
                if (number == mine && !connected) {
                    lost(Ending.silent("no answer from the broker in " + ANSWER_TIMEOUT.toSeconds() + " s"));
                }
            });
        } catch (MqttException | IllegalArgumentException e) {
            lost(Ending.silent(Reasons.of(e)));
        }
    }

    private void opened(boolean sessionPresent, BrokerLimits newLimits) {
        connected = true;
        reconnection.opened(System.nanoTime());
        vigil.begin(System.nanoTime());
        if (newLimits.topicAliases()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the broker offers topic aliases: switch them off, byte counts are off");
        }
        subscriptions.connected(sessionPresent);
        sendSubscriptions();
        tell(told -> told.onConnected(sessionPresent));
        sender.connected(connection.orElseThrow(), newLimits);
        sender.send();
        probing = true;
        probeLater(number);
    }

    private void lost(Ending ending) {
        number++;
        if (connected) {
            reconnection.lost(System.nanoTime());
        }
        connected = false;
        connection.ifPresent(last -> last.end(false));
        connection = Optional.empty();
        sender.disconnected(ending);
        Duration wait = reconnection.waitAfter(ending);
        tell(told -> told.onDisconnected(ending.reason()));
        int before = number;
        thread.later(wait, () -> {
            if (number == before) {
                connect();
            }
        });
    }

    private void sendSubscriptions() {
        if (!connected) {
            return;
        }
        List<String> surplus = subscriptions.drop();
        if (!surplus.isEmpty()) {
            attempt(standing -> standing.unsubscribe(surplus));
        }
        List<String> missing = subscriptions.ask();
        if (!missing.isEmpty()) {
            attempt(standing -> standing.subscribe(missing));
        }
    }

    private void subscribed(List<String> answered, int[] codes) {
        for (int i = 0; i < answered.size(); i++) {
            int code = codes == null || i >= codes.length ? 0 : codes[i];
            String filter = answered.get(i);
            subscriptions.answered(filter, code < FIRST_ERROR);
            if (code < FIRST_ERROR) {
                continue;
            }
            if (filter.equals(probeTopic)) {
                probing = false;
            }
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the broker does not let " + settings.clientId() + " subscribe to " + filter + ": reason "
                            + Reasons.named(code));
        }
    }

    private void arrived(int mine, String topic, MqttMessage message) {
        int packetBytes = ReceivedPacket.size(topic, message);
        tell(told -> told.onPublishReceived(topic, packetBytes));
        Runnable acknowledgement = () -> {};
        if (message.getQos() > 0) {
            vigil.holds();
            acknowledgement = () -> thread.run(() -> acknowledge(mine, message.getId()));
        }
        if (topic.equals(probeTopic)) {
            acknowledgement.run();
            return;
        }
        Delivery delivery = new PahoDelivery(
                topic,
                Bytes.of(message.getPayload()),
                message.isRetained(),
                expiry(message),
                acknowledgement,
                new AtomicBoolean());
        listener.ifPresent(told -> handover.give(delivery, told, () -> number == mine));
    }

    private static Optional<Duration> expiry(MqttMessage message) {
        return Optional.ofNullable(message.getProperties())
                .map(MqttProperties::getMessageExpiryInterval)
                .map(Duration::ofSeconds);
    }

    private void acknowledge(int mine, int packetId) {
        if (number == mine) {
            vigil.acknowledged();
            attempt(standing -> standing.acknowledge(packetId));
        }
    }

    private void probeLater(int mine) {
        thread.later(liveness.interval(), () -> {
            if (number != mine || !connected || !probing) {
                return;
            }
            if (vigil.isDead(System.nanoTime())) {
                reconnection.distrustSession();
                lost(Ending.silent("the broker sent nothing, not even our own probe, in "
                        + liveness.patience().toSeconds() + " s"));
                return;
            }
            attempt(standing -> {
                standing.probe(probeTopic);
                tell(told -> told.onPublishSent(probeTopic, PublishPacket.size(probeTopic, 0, 0, false)));
            });
            probeLater(mine);
        });
    }

    /** Something that Paho can refuse only because the connection is going, which it tells by itself. */
    private interface Attempt {
        void on(PahoConnection standing) throws MqttException;
    }

    private void attempt(Attempt attempt) {
        connection.ifPresent(standing -> {
            try {
                attempt.on(standing);
            } catch (MqttException e) {
                LOG.log(System.Logger.Level.DEBUG, settings.clientId() + ": " + Reasons.of(e));
            }
        });
    }

    private void tell(Consumer<TransportListener> call) {
        try {
            listener.ifPresent(call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the listener of " + settings.clientId() + " failed; going on", e);
        }
    }

    /** Takes events from Paho's threads to ours, and drops those of a connection that was given up. */
    private final class Posted implements ConnectionEvents {
        private final int mine;

        Posted(int mine) {
            this.mine = mine;
        }

        @Override
        public void opened(boolean sessionPresent, BrokerLimits newLimits) {
            post(() -> PahoTransport.this.opened(sessionPresent, newLimits));
        }

        @Override
        public void ended(Ending ending) {
            post(() -> lost(ending));
        }

        @Override
        public void arrived(String topic, MqttMessage message) {
            vigil.heard(System.nanoTime());
            post(() -> PahoTransport.this.arrived(mine, topic, message));
        }

        @Override
        public void subscribed(List<String> answered, int[] codes) {
            post(() -> PahoTransport.this.subscribed(answered, codes));
        }

        @Override
        public void unsubscribed(List<String> answered) {
            post(() -> answered.forEach(subscriptions::gone));
        }

        /** An answer counts even if its connection has gone meanwhile. */
        @Override
        public void published(Outbox.Entry entry, int code) {
            thread.run(() -> sender.published(entry, code));
        }

        private void post(Runnable event) {
            thread.run(() -> {
                if (number == mine) {
                    event.run();
                }
            });
        }
    }
}
