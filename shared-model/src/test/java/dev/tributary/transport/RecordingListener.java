package dev.tributary.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers all that a transport tells, and does with a message what it is asked to. */
public final class RecordingListener implements TransportListener {
    /** A PUBLISH packet that was sent or received. */
    public record Packet(String topic, int bytes) {}

    /** The broker's answer to a publication. */
    public record Answer(Publication publication, PublishOutcome outcome) {}

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<Boolean> connections = new CopyOnWriteArrayList<>();
    private final List<String> disconnections = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<Packet> sent = new CopyOnWriteArrayList<>();
    private final List<Packet> received = new CopyOnWriteArrayList<>();
    private final Consumer<Delivery> onMessage;

    private RecordingListener(Consumer<Delivery> onMessage) {
        this.onMessage = onMessage;
    }

    /** Acknowledges every message. */
    public static RecordingListener acknowledging() {
        return new RecordingListener(Delivery::acknowledge);
    }

    /** Acknowledges nothing by itself. */
    public static RecordingListener keeping() {
        return new RecordingListener(delivery -> {});
    }

    /** Does {@code onMessage} with every message, after it is remembered. */
    public static RecordingListener doing(Consumer<Delivery> onMessage) {
        return new RecordingListener(onMessage);
    }

    @Override
    public void onMessage(Delivery delivery) {
        deliveries.add(delivery);
        onMessage.accept(delivery);
    }

    @Override
    public void onConnected(boolean sessionPresent) {
        connections.add(sessionPresent);
    }

    @Override
    public void onDisconnected(String reason) {
        disconnections.add(reason);
    }

    @Override
    public void onPublished(Publication publication, PublishOutcome outcome) {
        answers.add(new Answer(publication, outcome));
    }

    @Override
    public void onPublishSent(String topic, int packetBytes) {
        sent.add(new Packet(topic, packetBytes));
    }

    @Override
    public void onPublishReceived(String topic, int packetBytes) {
        received.add(new Packet(topic, packetBytes));
    }

    /** The messages so far. */
    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** The payloads so far, as text. */
    public List<String> texts() {
        return deliveries.stream().map(Payloads::text).toList();
    }

    /** For each connection so far, whether its session was there. */
    public List<Boolean> connections() {
        return List.copyOf(connections);
    }

    /** The reasons of the ends so far. */
    public List<String> disconnections() {
        return List.copyOf(disconnections);
    }

    /** The broker's answers so far. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** The packets sent so far, without the transport's own signs of life. */
    public List<Packet> sent() {
        return sent.stream().filter(RecordingListener::isUsers).toList();
    }

    /** The packets received so far, without the transport's own signs of life. */
    public List<Packet> received() {
        return received.stream().filter(RecordingListener::isUsers).toList();
    }

    /** The packets of signs of life that came back so far. */
    public long echoes() {
        return received.stream().filter(packet -> !isUsers(packet)).count();
    }

    private static boolean isUsers(Packet packet) {
        return !packet.topic().startsWith("tributary/v1/probe/");
    }
}
