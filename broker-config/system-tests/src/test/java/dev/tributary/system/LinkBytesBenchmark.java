package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.model.Bytes;
import dev.tributary.transport.Delivery;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOutcome;
import dev.tributary.transport.Transport;
import dev.tributary.transport.TransportListener;
import dev.tributary.transport.mqtt.MqttSettings;
import dev.tributary.transport.mqtt.PahoTransport;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The estimate of the bytes on the link beside the loopback interface's own count. Every packet counts, so it wants an
 * interface that nothing else uses. No system test: run it by name, see {@code docs/benchmarks.md}.
 */
final class LinkBytesBenchmark {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MESSAGES = 200;
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final DeviceId DEVICE = new DeviceId("dev-counted");

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    /** Counts what comes and what is answered. */
    private static final class Counts implements TransportListener {
        final AtomicInteger messages = new AtomicInteger();
        final AtomicInteger answers = new AtomicInteger();

        @Override
        public void onMessage(Delivery delivery) {
            messages.incrementAndGet();
            delivery.acknowledge();
        }

        @Override
        public void onPublished(Publication publication, PublishOutcome outcome) {
            answers.incrementAndGet();
        }
    }

    @Test
    void estimate_besideTheInterface() throws IOException {
        Counts ofDevice = new Counts();
        Counts ofCoordinator = new Counts();
        try (Transport device = new PahoTransport(MqttSettings.of(BROKER.uri(), DEVICE.value()));
                Transport coordinator = new PahoTransport(MqttSettings.of(BROKER.uri(), "coordinator-counted"))) {
            List<Transport> both = List.of(device, coordinator);
            device.subscribe(Topics.receipt(PUMPS, DEVICE));
            measure("connect", both, () -> {
                device.start(ofDevice);
                coordinator.start(ofCoordinator);
                await().atMost(LIMIT).until(() -> device.isConnected() && coordinator.isConnected());
            });
            measure("idle, one minute", both, () -> idle(Duration.ofMinutes(1)));
            measure("200 up, one after the other", both, () -> {
                for (int i = 0; i < MESSAGES; i++) {
                    int before = ofDevice.answers.get();
                    device.publish(Publication.of(Topics.update(PUMPS, 1, DEVICE), Bytes.of(new byte[300])));
                    await().atMost(LIMIT)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(100))
                            .until(() -> ofDevice.answers.get() > before);
                }
            });
            measure("200 down, one after the other", both, () -> {
                for (int i = 0; i < MESSAGES; i++) {
                    int before = ofDevice.messages.get();
                    coordinator.publish(Publication.of(Topics.receipt(PUMPS, DEVICE), Bytes.of(new byte[600])));
                    await().atMost(LIMIT)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(100))
                            .until(() -> ofDevice.messages.get() > before);
                }
            });
            measure("200 up, at once", both, () -> {
                int before = ofDevice.answers.get();
                for (int i = 0; i < MESSAGES; i++) {
                    device.publish(Publication.of(Topics.update(PUMPS, 1, DEVICE), Bytes.of(new byte[300])));
                }
                await().atMost(LIMIT).until(() -> ofDevice.answers.get() == before + MESSAGES);
            });
        }
    }

    private static void idle(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        await().atMost(LIMIT).until(() -> System.nanoTime() > end);
    }

    private static void measure(String what, List<Transport> clients, Runnable phase) throws IOException {
        long trueBefore = interfaceBytes();
        long before = estimate(clients);
        phase.run();
        // The last acknowledgements have a delay.
        idle(Duration.ofMillis(300));
        long counted = interfaceBytes() - trueBefore;
        long estimated = estimate(clients) - before;
        assertThat(counted).as("bytes on the interface").isPositive();
        System.out.printf(
                "%s: interface %,d, estimate %,d, ratio %.3f%n",
                what, counted, estimated, (double) estimated / counted);
    }

    private static long estimate(List<Transport> clients) {
        return clients.stream().mapToLong(client -> client.traffic().bytes()).sum();
    }

    /** Linux counts each packet on loopback once as received and once as sent. */
    private static long interfaceBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("lo:"))
                .mapToLong(line -> Long.parseLong(line.substring(3).strip().split("\\s+")[0]))
                .findFirst()
                .orElseThrow();
    }
}
