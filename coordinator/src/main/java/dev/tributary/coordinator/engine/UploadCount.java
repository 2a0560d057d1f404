package dev.tributary.coordinator.engine;

import dev.tributary.model.Bytes;
import dev.tributary.transport.PublishPacket;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.util.List;

/**
 * Counts the PUBLISH packets of TRAIN and SOLVE updates since it was last taken, as they were and as they would be with float32
 * vectors. Owned by the federation's thread.
 */
final class UploadCount {
    private static final int FLOAT32 = 1;

    private long bytes;
    private long float32Bytes;

    /** The bytes counted. */
    record Taken(long bytes, long float32Bytes) {
        static final Taken NOTHING = new Taken(0, 0);
    }

    /** Goes on from what was counted before a restart. */
    void restore(long restoredBytes, long restoredFloat32Bytes) {
        bytes = restoredBytes;
        float32Bytes = restoredFloat32Bytes;
    }

    /** Counts an update; the answer is what it counted for. */
    Taken add(String topic, Update update, int packetBytes, int weights) {
        if (update.kind() == RoundKind.SOLVE) {
            // Sums cannot be sent as float32.
            return count(new Taken(packetBytes, packetBytes));
        }
        if (update.kind() != RoundKind.TRAIN) {
            return Taken.NOTHING;
        }
        return count(new Taken(
                packetBytes,
                PublishPacket.size(
                        topic, WireMapper.encode(asFloat32(update, weights)).size(), 1, false)));
    }

    private Taken count(Taken counted) {
        bytes += counted.bytes();
        float32Bytes += counted.float32Bytes();
        return counted;
    }

    Taken take() {
        Taken taken = new Taken(bytes, float32Bytes);
        bytes = 0;
        float32Bytes = 0;
        return taken;
    }

    /** One vector alone, which is all that an update may have, however many a hostile one has. */
    private static Update asFloat32(Update update, int weights) {
        List<EncodedVector> vectors = update.vectors().stream()
                .limit(1)
                .map(vector -> new EncodedVector(vector.role(), FLOAT32, Bytes.of(new byte[weights * Float.BYTES])))
                .toList();
        return new Update(
                update.round(),
                update.sequence(),
                update.baseVersion(),
                update.fingerprint(),
                update.kind(),
                update.exampleCount(),
                vectors,
                update.correct(),
                update.loss());
    }
}
