package dev.tributary.chaos.proxy;

import dev.tributary.model.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection: packets come in on one thread, wait as the weather has it, and go out in {@link #run} on
 * another.
 *
 * <p>A publication is repeated as after a lost acknowledgement: the receiver's PUBACK is kept back, the packet sent again with
 * its identifier and DUP before anything else, and the second PUBACK forwarded. The sender sees one publication and one
 * PUBACK, and the identifier stays in use until then (MQTT 5, 4.3.2). One is overtaken by the next packet of another topic
 * only, because a topic's order is promised (4.6).
 */
final class Lane implements Runnable {
    private static final long OVERTAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LOOK_MILLIS = 20;

    private final boolean toBroker;
    private final String client;
    private final OutputStream out;
    private final Weather weather;
    private final Capture capture;
    private final SplittableRandom random;
    private final Runnable ended;
    private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final Repetition repetition = new Repetition();
    private Optional<Lane> opposite = Optional.empty();
    private volatile boolean dead;

    /** A packet, or without one the end of the stream. */
    private record Item(Optional<Packet> packet, long dueNanos) {
        boolean isPublicationTo(String topic) {
            return packet.filter(Packet::isQos1Publish)
                    .filter(publish -> publish.topic().equals(topic))
                    .isPresent();
        }
    }

    /** A lane that does nothing before {@link #run}; {@code ended} is called once it can carry nothing more. */
    Lane(
            boolean toBroker,
            String client,
            OutputStream out,
            Weather weather,
            Capture capture,
            SplittableRandom random,
            Runnable ended) {
        this.toBroker = toBroker;
        this.client = client;
        this.out = out;
        this.weather = weather;
        this.capture = capture;
        this.random = random;
        this.ended = ended;
    }

    /** The lane that carries this one's acknowledgements; to be said before anything moves. */
    void meets(Lane other) {
        opposite = Optional.of(other);
    }

    /** Takes a packet. */
    void take(Packet packet) {
        boolean isKeptBack = packet.type() == Packet.PUBACK
                && opposite.filter(lane -> lane.repetition.keepsBack(packet)).isPresent();
        if (!isKeptBack) {
            add(Optional.of(packet));
        }
    }

    /** Nothing more comes; what came is still delivered. */
    void finish() {
        add(Optional.empty());
    }

    /** From now on everything is swallowed, the end of the stream too. */
    void die() {
        dead = true;
    }

    private void add(Optional<Packet> packet) {
        queue.add(new Item(packet, System.nanoTime() + weather.delay(client).toNanos()));
    }

    @Override
    public void run() {
        try {
            for (Item item = next(); item.packet().isPresent(); item = next()) {
                Packet packet = item.packet().get();
                if (packet.isQos1Publish() && random.nextDouble() < weather.reorders(client)) {
                    if (!overtake(packet)) {
                        return;
                    }
                } else {
                    send(packet);
                }
            }
        } catch (IOException gone) {
            // The other end is no more; whoever reads from it notices too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!dead) {
                ended.run();
            }
        }
    }

    private Item next() throws InterruptedException {
        return due(queue.take());
    }

    private Item due(Item item) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(item.dueNanos() - System.nanoTime());
        while (weather.stalls(client) && !dead) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return item;
    }

    /** Sends the packet after the one that follows it, if one does soon; returns whether the stream goes on. */
    private boolean overtake(Packet packet) throws IOException, InterruptedException {
        Item first = queue.poll(OVERTAKE_NANOS, TimeUnit.NANOSECONDS);
        if (first == null) {
            send(packet);
            return true;
        }
        due(first);
        if (first.packet().isEmpty() || first.isPublicationTo(packet.topic())) {
            send(packet);
            if (first.packet().isPresent()) {
                send(first.packet().get());
            }
        } else {
            send(first.packet().get());
            send(packet);
        }
        return first.packet().isPresent();
    }

    private void send(Packet packet) throws IOException, InterruptedException {
        boolean repeat = packet.isQos1Publish() && random.nextDouble() < weather.duplicates(client);
        if (repeat) {
            repetition.expect(packet.packetId());
        }
        write(packet, false);
        if (repeat && repetition.await() && !dead) {
            write(packet.again(), true);
        }
    }

    private void write(Packet packet, boolean repeated) throws IOException {
        if (dead) {
            return;
        }
        if (packet.type() == Packet.PUBLISH) {
            capture.passes(new Capture.Passage(toBroker, client, packet.topic(), repeated, Bytes.of(packet.payload())));
        }
        out.write(packet.bytes());
        out.flush();
    }
}
