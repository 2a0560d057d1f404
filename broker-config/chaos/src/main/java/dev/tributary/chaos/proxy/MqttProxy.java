package dev.tributary.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** The proxy: a port on the loopback address, in front of a broker that may come and go. Safe for many threads. */
public final class MqttProxy implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final InetSocketAddress broker;
    private final Capture capture;
    private final SplittableRandom random;
    private final Weather weather = new Weather();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private MqttProxy(ServerSocket server, InetSocketAddress broker, Capture capture, SplittableRandom random) {
        this.server = server;
        this.broker = broker;
        this.capture = capture;
        this.random = random;
    }

    /**
     * A proxy that listens.
     *
     * @param port 0 takes a free one
     * @param random decides which packets are repeated or overtaken
     * @throws IOException when the port cannot be had
     */
    public static MqttProxy open(int port, InetSocketAddress broker, Capture capture, SplittableRandom random)
            throws IOException {
        ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        MqttProxy proxy = new MqttProxy(server, broker, capture, random);
        ProxyThreads.start("proxy", proxy::accept);
        return proxy;
    }

    /** The port that clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Connection connection = new Connection(socket, broker, weather, capture, random.split());
                connections.add(connection);
                ProxyThreads.start("from-client", () -> {
                    try {
                        connection.run();
                    } finally {
                        connections.remove(connection);
                    }
                });
            } catch (IOException e) {
                // Closed, or a client that was gone before it was here.
            }
        }
    }

    /** Disturbs a client's connections from now on. */
    public void begin(String client, Disturbance disturbance) {
        weather.begin(client, disturbance);
        if (disturbance instanceof Disturbance.Silence) {
            connections.stream().filter(one -> one.isOf(client)).forEach(Connection::die);
        } else if (disturbance instanceof Disturbance.Reset) {
            connections.stream().filter(one -> one.isOf(client)).forEach(Connection::reset);
        }
    }

    /** Ends a disturbance. */
    public void end(String client, Disturbance disturbance) {
        weather.end(client, disturbance);
    }

    /** Ends all disturbances. */
    public void calm() {
        weather.clear();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            System.getLogger(MqttProxy.class.getName())
                    .log(System.Logger.Level.DEBUG, "the proxy did not close: {0}", e.getMessage());
        }
        connections.forEach(Connection::reset);
    }
}
