package dev.tributary.transport.mqtt;

import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A Paho client over {@link HeldNetwork} and {@link CountedNetwork}, with its keep-alive on {@code timers}. */
final class HeldClient extends MqttAsyncClient {
    private final LinkCounter counter;

    HeldClient(MqttSettings settings, ScheduledExecutorService timers, LinkCounter counter) throws MqttException {
        super(settings.broker().toString(), settings.clientId(), new MemoryPersistence(), new PingTimer(timers), null);
        this.counter = counter;
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) throws MqttException {
        return Arrays.stream(super.createNetworkModules(address, options))
                .map(network -> new HeldNetwork(new CountedNetwork(network, counter)))
                .toArray(NetworkModule[]::new);
    }
}
