package dev.tributary.chaos.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.SplittableRandom;

/** One client's connection through the proxy: a socket to each side and a lane for each direction. */
final class Connection {
    private static final int CONNECT_MILLIS = 2_000;

    private final Socket clientSide;
    private final Socket brokerSide = new Socket();
    private final InetSocketAddress broker;
    private final Weather weather;
    private final Capture capture;
    private final SplittableRandom random;
    private volatile Optional<Lanes> lanes = Optional.empty();
    private volatile boolean dead;

    private record Lanes(String client, Lane up, Lane down) {}

    Connection(Socket clientSide, InetSocketAddress broker, Weather weather, Capture capture, SplittableRandom random) {
        this.clientSide = clientSide;
        this.broker = broker;
        this.weather = weather;
        this.capture = capture;
        this.random = random;
    }

    /** Carries packets until both sides are closed; blocks. */
    void run() {
        try {
            clientSide.setTcpNoDelay(true);
            PacketReader reader = new PacketReader(clientSide.getInputStream());
            Optional<Packet> connect = reader.next().filter(packet -> packet.type() == Packet.CONNECT);
            if (connect.isEmpty()) {
                return;
            }
            String client = connect.get().clientId();
            if (weather.resets(client)) {
                reset();
            } else if (weather.isSilent(client)) {
                swallow(clientSide.getInputStream());
            } else {
                carry(client, connect.get(), reader);
            }
        } catch (IOException | IndexOutOfBoundsException gone) {
            // Clients and broker come and go; that is what they are tested for.
        } finally {
            close(clientSide);
            close(brokerSide);
        }
    }

    private void carry(String client, Packet connect, PacketReader reader) throws IOException {
        brokerSide.connect(broker, CONNECT_MILLIS);
        brokerSide.setTcpNoDelay(true);
        Lane up = lane(true, client, brokerSide.getOutputStream());
        Lane down = lane(false, client, clientSide.getOutputStream());
        up.meets(down);
        down.meets(up);
        lanes = Optional.of(new Lanes(client, up, down));
        Thread answers = ProxyThreads.start("from-broker-" + client, () -> pump(brokerSide, down));
        Thread upward = ProxyThreads.start("to-broker-" + client, up);
        Thread downward = ProxyThreads.start("to-" + client, down);
        up.take(connect);
        pump(reader, up);
        if (dead) {
            close(clientSide);
        }
        try {
            answers.join();
            upward.join();
            downward.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Lane lane(boolean toBroker, String client, OutputStream out) {
        return new Lane(toBroker, client, out, weather, capture, random.split(), () -> {
            close(clientSide);
            close(brokerSide);
        });
    }

    private void pump(Socket from, Lane lane) {
        try {
            pump(new PacketReader(from.getInputStream()), lane);
        } catch (IOException gone) {
            lane.finish();
        }
        if (dead) {
            close(from);
        }
    }

    /** A dead connection is read all the same, so that its sender learns nothing. */
    private void pump(PacketReader reader, Lane lane) {
        try {
            for (Optional<Packet> packet = reader.next(); packet.isPresent(); packet = reader.next()) {
                lane.take(packet.get());
            }
        } catch (IOException gone) {
            // The end all the same.
        }
        lane.finish();
    }

    private static void swallow(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Whether it carries packets of this client. */
    boolean isOf(String client) {
        return lanes.filter(known -> known.client().equals(client)).isPresent();
    }

    /** From now on nothing passes, and each side may notice by itself. */
    void die() {
        dead = true;
        lanes.ifPresent(known -> {
            known.up().die();
            known.down().die();
        });
    }

    /** Both sides get a reset. */
    void reset() {
        // Both first: whoever notices the end of one side closes the other.
        abort(clientSide);
        abort(brokerSide);
        close(clientSide);
        close(brokerSide);
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then it needs no reset.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(Connection.class.getName())
                    .log(System.Logger.Level.DEBUG, "a socket did not close: {0}", e.getMessage());
        }
    }
}
