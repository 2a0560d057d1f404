package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.transport.LinkTraffic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * What went over a device's link in the last 24 hours, kept by the hour: in no 24 hours was it more than this says. Time
 * in which the process does not run does not pass, because a device's clock cannot be trusted.
 */
final class DayTraffic {
    private static final int HOURS = 24;
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final long[] sent = new long[HOURS + 1];
    private final long[] received = new long[HOURS + 1];
    private long hourEndNanos;
    private int hour;

    DayTraffic(long nowNanos) {
        this.hourEndNanos = nowNanos + HOUR_NANOS;
    }

    /** Takes up what a former process counted. */
    void restore(Bytes kept) {
        if (kept.size() != 2 * sent.length * Long.BYTES) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(kept.toArray());
        for (int i = 0; i < sent.length; i++) {
            sent[i] += Math.max(0, buffer.getLong());
            received[i] += Math.max(0, buffer.getLong());
        }
    }

    /** So many bytes went over the link since the last time. */
    void add(long nowNanos, LinkTraffic more) {
        pass(nowNanos);
        sent[hour] += more.sentBytes();
        received[hour] += more.receivedBytes();
    }

    /** The last 24 hours, and what has passed of the present one. */
    LinkTraffic total(long nowNanos) {
        pass(nowNanos);
        return new LinkTraffic(
                Arrays.stream(sent).sum(), Arrays.stream(received).sum());
    }

    private void pass(long nowNanos) {
        for (int passed = 0; passed <= HOURS && nowNanos - hourEndNanos >= 0; passed++) {
            hour = (hour + 1) % sent.length;
            sent[hour] = 0;
            received[hour] = 0;
            hourEndNanos += HOUR_NANOS;
        }
        if (nowNanos - hourEndNanos >= 0) {
            hourEndNanos = nowNanos + HOUR_NANOS;
        }
    }

    /** From the oldest hour to the present one. */
    Bytes toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(2 * sent.length * Long.BYTES);
        for (int i = 1; i <= sent.length; i++) {
            int place = (hour + i) % sent.length;
            buffer.putLong(sent[place]).putLong(received[place]);
        }
        return Bytes.of(buffer.array());
    }
}
