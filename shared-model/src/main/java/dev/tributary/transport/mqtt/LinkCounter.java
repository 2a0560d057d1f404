package dev.tributary.transport.mqtt;

import dev.tributary.transport.LinkTraffic;
import java.util.function.LongSupplier;

/** Estimates the bytes on the link from what goes through the sockets of a transport. Safe from any thread. */
final class LinkCounter {
    /*
     * IPv4 20 bytes (IPv6 has 20 more) and TCP 20, with the time stamps that Linux, Windows since 2022 and macOS offer 12
     * more; a SYN has 20 of options. An Ethernet frame of 1,500 bytes then leaves 1,448 for data. A record of TLS 1.3 has
     * 5 bytes of header, 1 of type and 16 of AEAD tag, and holds 16 KiB at most (RFC 8446, 5.2). A full TLS 1.3 handshake
     * of the JDK's client with a broker that shows two certificates: ClientHello and Finished up; ServerHello,
     * certificates, Finished and session tickets down; it depends most on the broker's certificates.
     */
    private static final int HEADER_BYTES = 52;
    private static final int SYN_BYTES = 60;
    private static final int SEGMENT_BYTES = 1_448;
    private static final int TLS_RECORD_BYTES = 22;
    private static final int TLS_RECORD_MAX_BYTES = 16_384;
    private static final int TLS_HANDSHAKE_SENT_BYTES = 550;
    private static final int TLS_HANDSHAKE_RECEIVED_BYTES = 3_000;

    private final boolean tls;
    private final LongSupplier nanoTime;
    private final Acknowledgements ofSent = new Acknowledgements();
    private final Acknowledgements ofReceived = new Acknowledgements();
    private long sent;
    private long received;

    LinkCounter(boolean tls, LongSupplier nanoTime) {
        this.tls = tls;
        this.nanoTime = nanoTime;
    }

    /** A connection is tried. */
    synchronized void connecting() {
        sent += SYN_BYTES;
    }

    /** It stands. */
    synchronized void connected() {
        received += SYN_BYTES;
        sent += HEADER_BYTES;
        if (tls) {
            dataSent(TLS_HANDSHAKE_SENT_BYTES);
            dataReceived(TLS_HANDSHAKE_RECEIVED_BYTES);
        }
    }

    /** One write to the socket. */
    synchronized void sent(int bytes) {
        dataSent(bytes + recordBytes(bytes));
    }

    /** One read from the socket. */
    synchronized void received(int bytes) {
        dataReceived(bytes + recordBytes(bytes));
    }

    /** A connection that stood is closed from both sides: FIN, its answer with the other FIN, and the last answer. */
    synchronized void disconnected() {
        sent += 2 * HEADER_BYTES;
        received += HEADER_BYTES;
    }

    /** The estimate up to now. */
    synchronized LinkTraffic traffic() {
        long now = nanoTime.getAsLong();
        return new LinkTraffic(
                sent + HEADER_BYTES * ofReceived.alone(now), received + HEADER_BYTES * ofSent.alone(now));
    }

    private void dataSent(long bytes) {
        long now = nanoTime.getAsLong();
        long segments = quotientUp(bytes, SEGMENT_BYTES);
        sent += bytes + segments * HEADER_BYTES;
        ofReceived.carried(now);
        ofSent.data(segments, now);
    }

    private void dataReceived(long bytes) {
        long now = nanoTime.getAsLong();
        long segments = quotientUp(bytes, SEGMENT_BYTES);
        received += bytes + segments * HEADER_BYTES;
        ofSent.carried(now);
        ofReceived.data(segments, now);
    }

    private long recordBytes(int bytes) {
        return tls ? TLS_RECORD_BYTES * quotientUp(bytes, TLS_RECORD_MAX_BYTES) : 0;
    }

    private static long quotientUp(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
