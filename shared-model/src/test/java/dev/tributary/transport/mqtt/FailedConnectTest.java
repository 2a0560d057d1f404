package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A connection that ends while Paho still starts its threads: it would leave those behind that it starts afterwards. */
final class FailedConnectTest {
    private static final int CLIENTS = 10;
    private static final int TRIES = 10;

    @Test
    void connect_closedAtOnce_leavesNoThreadBehind() throws IOException {
        List<Transport> clients = new ArrayList<>();
        List<RecordingListener> listeners = new ArrayList<>();
        try (ServerSocket slammed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread door = new Thread(() -> slam(slammed), "door");
            door.setDaemon(true);
            door.start();
            for (int i = 0; i < CLIENTS; i++) {
                MqttSettings settings =
                        MqttSettings.of(URI.create("tcp://127.0.0.1:" + slammed.getLocalPort()), "dev-slammed-" + i);
                RecordingListener listener = RecordingListener.acknowledging();
                Transport client = new PahoTransport(
                        settings,
                        Liveness.of(settings.keepAlive()),
                        new Backoff(new SplittableRandom(i), Duration.ofMillis(20)));
                client.start(listener);
                clients.add(client);
                listeners.add(listener);
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> listeners.stream()
                            .allMatch(listener -> listener.disconnections().size() >= TRIES));
        } finally {
            clients.parallelStream().forEach(Transport::close);
        }
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains("dev-slammed-")));
    }

    private static void slam(ServerSocket door) {
        while (!door.isClosed()) {
            try (Socket visitor = door.accept()) {
                visitor.setSoLinger(true, 0);
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
