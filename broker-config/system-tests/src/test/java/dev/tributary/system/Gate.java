package dev.tributary.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The way of clients to the broker, which can be cut, mended, and made mute, deaf or dark. */
public final class Gate implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket entry;
    private int connections;
    private volatile int muted;
    private volatile int deafened;
    private volatile boolean dark;

    /** A way to {@code broker} that is open. */
    public Gate(URI broker) {
        target = new InetSocketAddress(broker.getHost(), broker.getPort());
        entry = listen(0);
        port = entry.getLocalPort();
    }

    /** Where a client connects to be led to the broker. */
    public URI uri() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    private ServerSocket listen(int onPort) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                ServerSocket server = new ServerSocket();
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
                daemon(() -> accept(server));
                return server;
            } catch (IOException e) {
                // The port stays taken until the thread that accepted on it has noticed.
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException(e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(target.getAddress(), target.getPort());
                client.setTcpNoDelay(true);
                broker.setTcpNoDelay(true);
                int number = keep(server, client, broker);
                daemon(() -> pump(client, broker, () -> dark || number <= deafened));
                daemon(() -> pump(broker, client, () -> dark || number <= muted));
            }
        } catch (IOException e) {
            // The gate was cut.
        }
    }

    /** Remembers both sockets, or closes them when the gate was cut meanwhile; returns the connection's number. */
    private synchronized int keep(ServerSocket server, Socket... both) throws IOException {
        for (Socket socket : both) {
            if (server.isClosed()) {
                socket.close();
            } else {
                sockets.add(socket);
            }
        }
        return ++connections;
    }

    private static void pump(Socket from, Socket to, BooleanSupplier swallowed) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!swallowed.getAsBoolean()) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // One side went away.
        }
        if (!swallowed.getAsBoolean()) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the connection without a goodbye, and refuses new ones. */
    public synchronized void cut() {
        try {
            entry.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets new connections through again. */
    public synchronized void mend() {
        dark = false;
        if (entry.isClosed()) {
            entry = listen(port);
        }
    }

    /** The connections of this moment stand, but bring nothing from the broker any more; later ones do. */
    public synchronized void mute() {
        muted = connections;
    }

    /** The connections of this moment stand, but bring nothing to the broker any more; later ones do. */
    public synchronized void deafen() {
        deafened = connections;
    }

    /** A network that is gone: connections stand, old and new ones, nothing comes through and no end is told. */
    public void goDark() {
        dark = true;
    }

    @Override
    public void close() {
        cut();
    }
}
