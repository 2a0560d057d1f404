package dev.tributary.transport.mqtt;

import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A Paho client over {@link HeldNetwork}, with its keep-alive on {@code timers}. */
final class HeldClient extends MqttAsyncClient {
    HeldClient(MqttSettings settings, ScheduledExecutorService timers) throws MqttException {
        super(settings.broker().toString(), settings.clientId(), new MemoryPersistence(), new PingTimer(timers), null);
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(HeldNetwork::new)
                .toArray(NetworkModule[]::new);
    }
}
