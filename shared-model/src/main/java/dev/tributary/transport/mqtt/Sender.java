package dev.tributary.transport.mqtt;

import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.PublishPacket;
import dev.tributary.transport.TransportListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Sends what the outbox holds over the connection that stands, and tells what became of each publication; owned by the
 * transport's thread.
 */
final class Sender {
    private static final System.Logger LOG = System.getLogger(Sender.class.getName());
    private static final Duration WINDOW_RETRY = Duration.ofMillis(20);
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_ERROR = 0x80;

    private final String clientId;
    private final EventThread thread;
    private final Consumer<Consumer<TransportListener>> teller;
    private final Runnable emptied;
    private final Outbox outbox;
    private final Suspects suspects = new Suspects();
    private Optional<PahoConnection> connection = Optional.empty();
    private BrokerLimits limits = BrokerLimits.of(null);
    private boolean full;

    /** A sender that has no connection yet; {@code emptied} hears each time that nothing is left to send. */
    Sender(MqttSettings settings, EventThread thread, Consumer<Consumer<TransportListener>> teller, Runnable emptied) {
        this.clientId = settings.clientId();
        this.thread = thread;
        this.teller = teller;
        this.emptied = emptied;
        this.outbox = new Outbox(settings.outbox());
    }

    /** Takes a publication, to be sent at once if that is possible. */
    void put(Publication publication, long nowNanos) {
        Outbox.Put put = outbox.put(publication, nowNanos);
        if (put instanceof Outbox.Put.Full) {
            if (!full) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the outbox of {0} is full: what is published from now on is dropped until the broker answers"
                                + " (said once), first to {1}",
                        clientId,
                        publication.topic());
            }
            full = true;
            teller.accept(told -> told.onPublished(publication, PublishOutcome.DROPPED));
            return;
        }
        if (put instanceof Outbox.Put.Replaced replaced) {
            replaced.superseded().forEach(entry -> {
                suspects.removed(entry);
                teller.accept(told -> told.onPublished(entry.publication(), PublishOutcome.SUPERSEDED));
            });
        }
        send();
    }

    /** A connection stands; {@link #send} is to follow. */
    void connected(PahoConnection opened, BrokerLimits newLimits) {
        connection = Optional.of(opened);
        limits = newLimits;
    }

    /** The connection is gone. */
    void disconnected(Ending ending) {
        connection = Optional.empty();
        Optional<Outbox.Entry> guilty =
                ending.blamesAPublication() ? suspects.connectionEnded(outbox.inFlight()) : Optional.empty();
        outbox.takeAllBack();
        guilty.ifPresent(entry -> {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0}: the broker ended the connection {1} times over a publication to {2}, which is given up ({3})",
                    clientId,
                    Suspects.STRIKES,
                    entry.publication().topic(),
                    ending.reason());
            answered(entry, PublishOutcome.REFUSED);
        });
    }

    boolean isEmpty() {
        return outbox.isEmpty();
    }

    /** Sends as much as the window lets through. */
    void send() {
        while (connection.isPresent()) {
            Optional<Outbox.Entry> next = outbox.send(suspects.window(limits.window()));
            if (next.isEmpty() || !send(connection.get(), next.get())) {
                return;
            }
        }
    }

    /** Whether more may be sent now. */
    private boolean send(PahoConnection standing, Outbox.Entry entry) {
        Publication publication = entry.publication();
        int packetBytes = PublishPacket.size(publication);
        if (packetBytes > limits.maxPacketBytes()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    publication.topic() + ": a packet of " + packetBytes + " bytes is above the broker's "
                            + limits.maxPacketBytes());
            answered(entry, PublishOutcome.REFUSED);
            return true;
        }
        try {
            standing.publish(entry, System.nanoTime());
        } catch (MqttException e) {
            outbox.takeBack(entry);
            if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                // Paho counts an answered publication a little longer than we do.
                thread.later(WINDOW_RETRY, this::send);
            }
            return false;
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot publish to \"" + publication.topic() + "\"", e);
            answered(entry, PublishOutcome.REFUSED);
            return true;
        }
        teller.accept(told -> told.onPublishSent(publication.topic(), packetBytes));
        return true;
    }

    /** The broker answered. */
    void published(Outbox.Entry entry, int code) {
        if (code >= FIRST_ERROR) {
            answered(entry, PublishOutcome.REFUSED);
        } else {
            answered(entry, code == NO_MATCHING_SUBSCRIBERS ? PublishOutcome.NO_SUBSCRIBERS : PublishOutcome.DELIVERED);
        }
        send();
    }

    private void answered(Outbox.Entry entry, PublishOutcome outcome) {
        if (outbox.remove(entry)) {
            suspects.removed(entry);
            teller.accept(told -> told.onPublished(entry.publication(), outcome));
            if (outbox.isEmpty()) {
                full = false;
                emptied.run();
            }
        }
    }
}
