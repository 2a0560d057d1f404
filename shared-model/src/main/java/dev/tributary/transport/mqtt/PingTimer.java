package dev.tributary.transport.mqtt;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttPingSender;
import org.eclipse.paho.mqttv5.client.internal.ClientComms;

/** Lets Paho's keep-alive run on the transport's own thread, which spares one thread a client. */
final class PingTimer implements MqttPingSender {
    private final ScheduledExecutorService timers;
    private volatile ClientComms client;
    private volatile Future<?> next;

    PingTimer(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    @Override
    public void init(ClientComms toCheck) {
        client = toCheck;
    }

    @Override
    public void start() {
        schedule(client.getKeepAlive());
    }

    @Override
    public void stop() {
        Future<?> waiting = next;
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    @Override
    public void schedule(long delayMillis) {
        try {
            next = timers.schedule(() -> client.checkForActivity(), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The transport is closed, and the connection with it.
        }
    }
}
