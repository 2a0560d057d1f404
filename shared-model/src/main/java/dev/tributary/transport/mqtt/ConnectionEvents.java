package dev.tributary.transport.mqtt;

import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/** What happens on a connection, told on Paho's threads: only enqueue. */
interface ConnectionEvents {
    void opened(boolean sessionPresent, BrokerLimits limits);

    /** It could not be made, or is gone. */
    void ended(Ending ending);

    void arrived(String topic, MqttMessage message);

    void subscribed(List<String> filters, int[] reasonCodes);

    void unsubscribed(List<String> filters);

    void published(Outbox.Entry entry, int reasonCode);
}
