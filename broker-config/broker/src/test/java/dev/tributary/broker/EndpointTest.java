package dev.tributary.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class EndpointTest {
    @Test
    void requireFree_taken_saysWhichOptionHelps() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> new Endpoint("127.0.0.1", port).requireFree("--port"))
                    .isInstanceOf(BrokerFailure.class)
                    .hasMessage("port " + port + " on 127.0.0.1 is in use; choose another with --port");
        }
    }

    @Test
    void requireFree_zero_findsAPort() throws BrokerFailure {
        assertThat(new Endpoint("127.0.0.1", 0).requireFree("--port").port()).isPositive();
    }

    @Test
    void new_portOutOfRange_isRefused() {
        assertThatThrownBy(() -> new Endpoint("127.0.0.1", 65_536)).hasMessage("port must be 0 to 65535, was 65536");
    }
}
