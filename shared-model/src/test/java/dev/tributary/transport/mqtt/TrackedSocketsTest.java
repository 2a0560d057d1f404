package dev.tributary.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

final class TrackedSocketsTest {
    private final TrackedSockets sockets = new TrackedSockets();

    @Test
    void createSocket_plainAndTls_sendsWithoutNaglesDelay() throws IOException {
        assertThat(sockets.createSocket().getTcpNoDelay()).isTrue();
        TrackedTlsSockets tls = new TrackedTlsSockets((SSLSocketFactory) SSLSocketFactory.getDefault(), sockets);
        assertThat(tls.createSocket().getTcpNoDelay()).isTrue();
    }

    @Test
    void close_closesTheSocket_andLetsNoMoreBeMade() throws IOException {
        Socket socket = sockets.createSocket();
        sockets.close();
        assertThat(socket.isClosed()).isTrue();
        assertThatThrownBy(sockets::createSocket).hasMessage("the connection was given up");
    }
}
