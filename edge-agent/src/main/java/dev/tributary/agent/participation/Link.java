package dev.tributary.agent.participation;

import dev.tributary.transport.LinkTraffic;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The device's way to the broker: one transport while it is awake, none while it sleeps. Safe for many threads. */
final class Link {
    private final Transports transports;
    private volatile Optional<Transport> current = Optional.empty();
    private final Set<String> followed = new LinkedHashSet<>();
    private boolean ended;
    private LinkTraffic before = LinkTraffic.NONE;
    private Optional<Duration> keepAlive = Optional.empty();

    Link(Transports transports) {
        this.transports = transports;
    }

    /** Begins to connect; does nothing after {@link #end}. */
    synchronized void open(Set<String> topics, TransportListener listener, Optional<Duration> newKeepAlive) {
        if (ended) {
            return;
        }
        keepAlive = newKeepAlive;
        Transport opened = transports.open(newKeepAlive);
        topics.forEach(opened::subscribe);
        followed.clear();
        followed.addAll(topics);
        current = Optional.of(opened);
        opened.start(listener);
    }

    /** Subscribes to what is new among these topics, then gives up what is not among them. */
    synchronized void follow(Set<String> topics) {
        if (current.isEmpty() || followed.equals(topics)) {
            return;
        }
        Transport transport = current.get();
        topics.stream().filter(topic -> !followed.contains(topic)).forEach(transport::subscribe);
        followed.stream().filter(topic -> !topics.contains(topic)).forEach(transport::unsubscribe);
        followed.clear();
        followed.addAll(topics);
    }

    /** What the present transport, or the last one, was asked for. */
    synchronized Optional<Duration> keepAlive() {
        return keepAlive;
    }

    /** What went over all transports so far. */
    synchronized LinkTraffic traffic() {
        return current.map(Transport::traffic).map(before::plus).orElse(before);
    }

    boolean isConnected() {
        return current.filter(Transport::isConnected).isPresent();
    }

    /** Gives a publication to the transport; returns whether there is one that takes it. */
    boolean publish(Publication publication) {
        try {
            current.ifPresent(transport -> transport.publish(publication));
            return current.isPresent();
        } catch (IllegalStateException e) {
            // The transport was closed after this looked.
            return false;
        }
    }

    /** Sends what waits and disconnects with a goodbye, to open again later. */
    void close() {
        Optional<Transport> closing = current;
        closing.ifPresent(Transport::close);
        synchronized (this) {
            before = closing.map(Transport::traffic).map(before::plus).orElse(before);
            current = Optional.empty();
        }
    }

    /** The same, for good. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        close();
    }
}
