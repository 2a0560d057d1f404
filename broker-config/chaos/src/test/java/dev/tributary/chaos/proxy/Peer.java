package dev.tributary.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** One end of a connection in a test: sends bytes, and reads packets with patience. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int QUIET_MILLIS = 150;

    private final Socket socket;
    private final PacketReader reader;

    Peer(Socket socket) {
        try {
            this.socket = socket;
            this.reader = new PacketReader(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(byte[] packet) {
        try {
            socket.getOutputStream().write(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next packet; fails when none comes. */
    Packet next() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return reader.next().orElseThrow(() -> new AssertionError("the connection was closed"));
        } catch (IOException e) {
            throw new AssertionError("no packet came", e);
        }
    }

    /** Whether nothing comes for a moment. */
    boolean isQuiet() {
        try {
            socket.setSoTimeout(QUIET_MILLIS);
            return reader.next().isEmpty();
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the other side ends the connection, and with a reset. */
    boolean isReset() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Optional<Packet> packet = reader.next();
            throw new AssertionError("got " + packet.map(Packet::type));
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        }
    }

    /** Waits until the other side ends the connection. */
    void awaitEnd() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            while (reader.next().isPresent()) {
                // What was on its way may come first.
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stands", e);
        } catch (IOException e) {
            // Ended.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
