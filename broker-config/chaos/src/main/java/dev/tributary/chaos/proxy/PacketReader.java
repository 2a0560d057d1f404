package dev.tributary.chaos.proxy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a stream into MQTT control packets (MQTT 5, 2.1). Not safe from several threads. */
final class PacketReader {
    /** Above the broker's own limit. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_LENGTH_BYTES = 4;

    private final DataInputStream in;

    PacketReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * The next packet; empty at the end of the stream.
     *
     * @throws IOException when the stream breaks, ends within a packet or is no MQTT
     */
    Optional<Packet> next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream(1 + MAX_LENGTH_BYTES);
        header.write(first);
        int length = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << (7 * (header.size() - 1));
            header.write(next);
        } while ((next & 0x80) != 0 && header.size() <= MAX_LENGTH_BYTES);
        if ((next & 0x80) != 0 || length > MAX_BYTES) {
            throw new IOException("remaining length must be at most " + MAX_BYTES + ", was " + length);
        }
        byte[] start = header.toByteArray();
        byte[] bytes = new byte[start.length + length];
        System.arraycopy(start, 0, bytes, 0, start.length);
        if (in.readNBytes(bytes, start.length, length) != length) {
            throw new EOFException("the stream ended within a packet");
        }
        return Optional.of(new Packet(bytes, start.length));
    }
}
