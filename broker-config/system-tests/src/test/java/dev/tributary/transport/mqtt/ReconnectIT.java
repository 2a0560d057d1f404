package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.system.Gate;
import dev.tributary.system.RealBroker;
import dev.tributary.transport.RecordingListener;
import dev.tributary.transport.Transport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand reconnects leave nothing behind. */
final class ReconnectIT {
    private static final int CLIENTS = 20;
    private static final int TIMES = 50;
    private static final long HEAP_SLACK = 4L << 20;

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    @Test
    void reconnects_aThousand_leaveNoThreadAndNoMemoryBehind() {
        List<Transport> clients = new ArrayList<>();
        List<RecordingListener> listeners = new ArrayList<>();
        try (Gate gate = new Gate(BROKER.uri())) {
            for (int i = 0; i < CLIENTS; i++) {
                MqttSettings settings = MqttSettings.of(gate.uri(), "dev-leak-" + i);
                Backoff impatient = new Backoff(new SplittableRandom(i), Duration.ofMillis(50));
                Transport client = new PahoTransport(settings, Liveness.of(settings.keepAlive()), impatient);
                RecordingListener listener = RecordingListener.acknowledging();
                client.subscribe("tributary/v1/f/receipt/dev-leak-" + i);
                client.start(listener);
                clients.add(client);
                listeners.add(listener);
            }
            // Some rounds first: what is loaded and pooled once is no leak.
            reconnectAll(gate, clients, 5);
            long threads = threads();
            long heap = heapAfterCollection();

            reconnectAll(gate, clients, TIMES);

            assertThat(listeners).allMatch(listener -> listener.connections().size() > TIMES);
            soon().untilAsserted(() -> assertThat(threads()).isEqualTo(threads));
            assertThat(threads).isLessThanOrEqualTo(4 * CLIENTS);
            soon().untilAsserted(() -> assertThat(heapAfterCollection()).isLessThan(heap + HEAP_SLACK));
        } finally {
            clients.parallelStream().forEach(Transport::close);
        }
        soon().untilAsserted(() -> assertThat(threads()).isZero());
    }

    private static void reconnectAll(Gate gate, List<Transport> clients, int times) {
        for (int time = 0; time < times; time++) {
            soon().until(() -> clients.stream().allMatch(Transport::isConnected));
            gate.cut();
            soon().until(() -> clients.stream().noneMatch(Transport::isConnected));
            gate.mend();
        }
        soon().until(() -> clients.stream().allMatch(Transport::isConnected));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("dev-leak-"))
                .count();
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
