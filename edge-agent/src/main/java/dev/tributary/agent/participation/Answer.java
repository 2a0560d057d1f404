package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.Publication;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What a device answered to one call, in the bytes that it publishes, until the next call is answered.
 *
 * @param settled whether nothing more is awaited: a receipt came, or it is a decline
 * @param revision of the schema that it was made under
 * @param float32Bytes what the payload would measure if its vectors were float32
 */
record Answer(
        RoundKey key, Traffic traffic, boolean settled, int revision, String topic, Bytes payload, int float32Bytes) {
    private static final int FORMAT = 1;
    private static final int FLOAT32 = 1;

    /** The answer to this call, not settled unless it is a decline. */
    static Answer to(RoundAnnouncement call, DeviceMessage message, FederationSpec spec, DeviceId device) {
        boolean decline = message instanceof Decline;
        Bytes payload = WireMapper.encode(message);
        return new Answer(
                RoundKey.of(call),
                decline ? Traffic.DECLINE : Traffic.valueOf(call.kind().name()),
                decline,
                spec.schema().revision(),
                Topics.update(spec.federation(), spec.shardCount(), device),
                payload,
                message instanceof Update update && call.kind() == RoundKind.TRAIN
                        ? WireMapper.encode(asFloat32(update, spec)).size()
                        : payload.size());
    }

    private static Update asFloat32(Update update, FederationSpec spec) {
        int bytes = spec.schema().layout().size() * Float.BYTES;
        return new Update(
                update.round(),
                update.sequence(),
                update.baseVersion(),
                update.fingerprint(),
                update.kind(),
                update.exampleCount(),
                List.of(new EncodedVector(EncodedVector.Role.DELTA, FLOAT32, Bytes.of(new byte[bytes]))),
                update.correct(),
                update.loss());
    }

    Answer settle() {
        return new Answer(key, traffic, true, revision, topic, payload, float32Bytes);
    }

    Publication publication() {
        return Publication.of(topic, payload);
    }

    Bytes toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            key.writeTo(out);
            out.writeUTF(traffic.name());
            out.writeBoolean(settled);
            out.writeInt(revision);
            out.writeUTF(topic);
            writeBytes(out, payload);
            out.writeInt(float32Bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** The stored answer; empty when an agent that wrote another format left it. */
    static Optional<Answer> of(Bytes stored) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.toArray()))) {
            if (in.readUnsignedByte() != FORMAT) {
                return Optional.empty();
            }
            return Optional.of(new Answer(
                    RoundKey.readFrom(in),
                    Traffic.valueOf(in.readUTF()),
                    in.readBoolean(),
                    in.readInt(),
                    in.readUTF(),
                    readBytes(in),
                    in.readInt()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static void writeBytes(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeInt(bytes.size());
        out.write(bytes.toArray());
    }

    static Bytes readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("stored bytes must be " + length + ", were " + bytes.length);
        }
        return Bytes.of(bytes);
    }
}
