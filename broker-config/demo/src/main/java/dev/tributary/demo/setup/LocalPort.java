package dev.tributary.demo.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Ports of the loopback address. */
public final class LocalPort {
    private LocalPort() {}

    /**
     * Sees whether one can listen on this port now, or for 0 finds one; empty when not. Somebody may still take the port
     * before it is used.
     */
    public static Optional<Integer> free(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.of(probe.getLocalPort());
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
