package dev.tributary.transport.mqtt;

import dev.tributary.transport.Publication;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/**
 * One connection: one Paho client, used once. Its methods are called on the transport's thread, its events come on
 * Paho's.
 */
final class PahoConnection {
    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final long SETTLE_MILLIS = 10_000;
    private static final long GOODBYE_SETTLE_MILLIS = 2_000;
    private static final long GOODBYE_MILLIS = 500;

    private final MqttSettings settings;
    private final MqttAsyncClient client;
    private final ConnectionEvents events;
    private final TrackedSockets sockets = new TrackedSockets();
    private final CountDownLatch settled = new CountDownLatch(1);

    PahoConnection(MqttSettings settings, ScheduledExecutorService timers, LinkCounter counter, ConnectionEvents events)
            throws MqttException {
        this.settings = settings;
        this.events = events;
        this.client = new HeldClient(settings, timers, counter);
        client.setManualAcks(true);
        client.setCallback(new Callback());
    }

    /** Begins to connect; {@code opened} or {@code ended} follows. */
    void open(boolean cleanStart) throws MqttException {
        client.connect(options(cleanStart), null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                settled.countDown();
                events.opened(token.getSessionPresent(), BrokerLimits.of(token.getResponseProperties()));
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                settled.countDown();
                events.ended(Ending.silent(Reasons.of(failure)));
            }
        });
    }

    private MqttConnectionOptions options(boolean cleanStart) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(cleanStart);
        options.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setSessionExpiryInterval(wholeSeconds(settings.session().expiry()));
        options.setReceiveMaximum(settings.receiveMaximum());
        options.setUseSubscriptionIdentifiers(false);
        if (settings.isTls()) {
            options.setSocketFactory(new TrackedTlsSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), sockets));
            options.setHttpsHostnameVerificationEnabled(true);
        } else {
            options.setSocketFactory(sockets);
        }
        settings.will().ifPresent(will -> {
            MqttProperties properties = new MqttProperties();
            will.expiry().ifPresent(expiry -> properties.setMessageExpiryInterval(Math.max(1L, wholeSeconds(expiry))));
            options.setWill(will.topic(), new MqttMessage(will.payload().toArray(), will.qos(), will.retained(), null));
            // The will comes at once: who waits for this device is not to wait longer, and its return says ONLINE
            // again.
            properties.setWillDelayInterval(0L);
            options.setWillMessageProperties(properties);
        });
        return options;
    }

    private static long wholeSeconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    /** Subscribes with QoS 1; {@code subscribed} follows, unless the connection ends. */
    void subscribe(List<String> filters) throws MqttException {
        MqttSubscription[] subscriptions =
                filters.stream().map(filter -> new MqttSubscription(filter, 1)).toArray(MqttSubscription[]::new);
        client.subscribe(
                subscriptions,
                null,
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        events.subscribed(filters, token.getReasonCodes());
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable failure) {
                        if (token.getReasonCodes() != null) {
                            events.subscribed(filters, token.getReasonCodes());
                        }
                    }
                },
                new MqttProperties());
    }

    /** Unsubscribes; {@code unsubscribed} follows, unless the connection ends. */
    void unsubscribe(List<String> filters) throws MqttException {
        client.unsubscribe(
                filters.toArray(String[]::new),
                null,
                new MqttActionListener() {
                    @Override
                    public void onSuccess(IMqttToken token) {
                        events.unsubscribed(filters);
                    }

                    @Override
                    public void onFailure(IMqttToken token, Throwable failure) {
                        // It is asked again on the next connection.
                    }
                },
                new MqttProperties());
    }

    /** Sends a publication; {@code published} follows, unless the connection ends. */
    void publish(Outbox.Entry entry, long nowNanos) throws MqttException {
        Publication publication = entry.publication();
        MqttProperties properties = new MqttProperties();
        entry.expirySeconds(nowNanos).ifPresent(properties::setMessageExpiryInterval);
        MqttMessage message =
                new MqttMessage(publication.payload().toArray(), publication.qos(), publication.retained(), properties);
        client.publish(publication.topic(), message, null, new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                int[] codes = token.getReasonCodes();
                events.published(entry, codes == null || codes.length == 0 ? 0 : codes[0]);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                int[] codes = token.getReasonCodes();
                if (codes != null && codes.length > 0 && codes[0] != MqttReturnCode.RETURN_CODE_SUCCESS) {
                    events.published(entry, codes[0]);
                }
            }
        });
    }

    /** Sends a sign of life that nobody waits for. */
    void probe(String topic) throws MqttException {
        client.publish(topic, new MqttMessage(new byte[0], 0, false, new MqttProperties()));
    }

    /** Acknowledges a QoS 1 message of this connection. */
    void acknowledge(int packetId) throws MqttException {
        client.messageArrivedComplete(packetId, 1);
    }

    /** Ends the connection, with a goodbye (so that no will is sent) if asked and possible, and all its threads. */
    void end(boolean goodbye) {
        try {
            if (goodbye && client.isConnected()) {
                sayGoodbye();
            }
            sockets.close();
            // A client that is closed while it connects leaves threads behind; let it notice first.
            if (!settled.await(goodbye ? GOODBYE_SETTLE_MILLIS : SETTLE_MILLIS, TimeUnit.MILLISECONDS)
                    || client.isConnected()) {
                client.disconnectForcibly(0, 0, false);
            }
        } catch (MqttException e) {
            // It has ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeClient();
        }
    }

    private void sayGoodbye() throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setSessionExpiryInterval(wholeSeconds(settings.session().expiryAfterGoodbye()));
        client.disconnect(0, null, null, MqttReturnCode.RETURN_CODE_SUCCESS, properties)
                .waitForCompletion(GOODBYE_MILLIS);
    }

    private void closeClient() {
        try {
            client.close(true);
        } catch (MqttException e) {
            System.getLogger(PahoConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection of " + settings.clientId() + " did not close", e);
        }
    }

    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            events.arrived(topic, message);
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            int code = response.getException() == null ? response.getReturnCode() : 0;
            events.ended(new Ending(Reasons.of(response), code));
        }

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            // What matters ends the connection and is told there.
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // The token's own listener is told.
        }

        @Override
        public void connectComplete(boolean reconnect, String broker) {
            // The connect token's listener is told.
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
            // Extended authentication is not used.
        }
    }
}
