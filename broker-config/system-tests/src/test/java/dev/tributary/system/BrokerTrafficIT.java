package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker's own count of PUBLISH bytes is the bytes on the wire, both ways, properties and all lengths of the fixed header. */
final class BrokerTrafficIT {
    private static final byte[] NONE = {};
    private static final byte[] EXPIRY = {2, 0, 0, 0, 60};
    private static final byte[] ALL = RawClient.join(
            new byte[] {1, 0},
            EXPIRY,
            new byte[] {3},
            RawClient.string("application/x"),
            new byte[] {8},
            RawClient.string("tributary/v1/reply"),
            new byte[] {9, 0, 3, 1, 2, 3},
            new byte[] {38},
            RawClient.string("name"),
            RawClient.string("välue"),
            new byte[] {38},
            RawClient.string("name"),
            RawClient.string(""));

    @RegisterExtension
    static final RealBroker BROKER = RealBroker.inMemory();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 90, 200, 16_400, 100_000})
    void publishBytes_rawPackets_areExact(int payloadBytes) throws IOException {
        String topic = "tributary/v1/f/update/0/d1";
        byte[] payload = new byte[payloadBytes];
        Arrays.fill(payload, (byte) 7);
        long sentBefore = BROKER.publishBytes("device", "received", "update");
        long deliveredBefore = BROKER.publishBytes("coordinator", "sent", "update");
        try (RawClient coordinator = RawClient.connect(BROKER.uri(), "coordinator-a-0");
                RawClient device = RawClient.connect(BROKER.uri(), "d1")) {
            coordinator.expect(RawClient.CONNACK);
            coordinator.send(RawClient.subscribe("tributary/v1/f/update/+/+"));
            coordinator.expect(RawClient.SUBACK);
            device.expect(RawClient.CONNACK);

            long sent = 0;
            long delivered = 0;
            int packetId = 1;
            for (byte[] properties : new byte[][] {NONE, EXPIRY, ALL}) {
                byte[] publish = RawClient.publish(topic, packetId++, properties, payload);
                device.send(publish);
                sent += publish.length;
                device.expect(RawClient.PUBACK);
                delivered += coordinator.expect(RawClient.PUBLISH_QOS_1);
            }

            assertThat(BROKER.publishBytes("device", "received", "update") - sentBefore)
                    .isEqualTo(sent);
            assertThat(BROKER.publishBytes("coordinator", "sent", "update") - deliveredBefore)
                    .isEqualTo(delivered);
        }
    }
}
