package dev.tributary.system;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A plain client that a test drives; it answers with the reason codes of MQTT 5. */
final class PahoClient implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 10_000;

    private final MqttAsyncClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();

    private PahoClient(MqttAsyncClient client) {
        this.client = client;
    }

    /** Connects, with an empty retained message as the will on a topic unless that is null. */
    static PahoClient connect(URI broker, String clientId, String willTopic) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
        PahoClient connected = new PahoClient(client);
        client.setCallback(new MessageRecorder(connected.received));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        if (willTopic != null) {
            MqttMessage will = new MqttMessage(new byte[0], 1, true, null);
            options.setWill(willTopic, will);
        }
        try {
            client.connect(options).waitForCompletion(TIMEOUT_MILLIS);
            return connected;
        } catch (MqttException refused) {
            client.close(true);
            throw refused;
        }
    }

    /** Publishes and returns the PUBACK's reason code, which is a refusal from 0x80 on. */
    int publish(String topic, byte[] payload, boolean retained) throws MqttException {
        IMqttToken token = client.publish(topic, payload, 1, retained);
        token.waitForCompletion(TIMEOUT_MILLIS);
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? 0 : codes[0];
    }

    int publish(String topic, String payload) throws MqttException {
        return publish(topic, payload.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Subscribes and returns the SUBACK's reason code. */
    int subscribe(String filter) throws MqttException {
        IMqttToken token = client.subscribe(new MqttSubscription(filter, 1));
        token.waitForCompletion(TIMEOUT_MILLIS);
        return token.getReasonCodes()[0];
    }

    /** What came, each as topic=payload. */
    List<String> received() {
        return received;
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 0, false);
        client.close(true);
    }
}
