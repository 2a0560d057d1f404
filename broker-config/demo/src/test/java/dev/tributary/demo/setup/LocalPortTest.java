package dev.tributary.demo.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LocalPortTest {
    @Test
    void free_taken_isEmpty() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LocalPort.free(taken.getLocalPort())).isEmpty();
        }
    }

    @Test
    void free_zero_findsOne() {
        assertThat(LocalPort.free(0).orElseThrow()).isPositive();
    }
}
