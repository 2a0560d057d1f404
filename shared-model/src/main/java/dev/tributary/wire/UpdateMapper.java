package dev.tributary.wire;

import com.google.protobuf.ByteString;
import dev.tributary.model.Bytes;
import dev.tributary.model.Fingerprint;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.proto.Contribution;
import java.util.ArrayList;
import java.util.List;

/** A device's answers to announcements, both ways. */
final class UpdateMapper {
    private UpdateMapper() {}

    static dev.tributary.wire.proto.Update toWire(DeviceMessage message) {
        var wire = dev.tributary.wire.proto.Update.newBuilder()
                .setRound(message.round().number())
                .setAttempt(message.round().attempt());
        if (message instanceof Update update) {
            wire.setContribution(contribution(update));
        } else if (message instanceof Decline decline) {
            wire.getDeclineBuilder().setReasonValue(Enums.toWire(decline.reason()));
        }
        return wire.build();
    }

    private static Contribution contribution(Update update) {
        Contribution.Builder wire = Contribution.newBuilder()
                .setBaseVersion(update.baseVersion())
                .setFingerprint(bytes(update.fingerprint()))
                .setKindValue(Enums.toWire(update.kind()))
                .setExampleCount(update.exampleCount())
                .setCorrect(update.correct())
                .setLoss((float) update.loss())
                .setSequence(update.sequence());
        for (EncodedVector vector : update.vectors()) {
            wire.addVectorsBuilder()
                    .setRoleValue(Enums.toWire(vector.role()))
                    .setEncoding(vector.encoding())
                    .setBytes(bytes(vector.bytes()));
        }
        return wire.build();
    }

    static DeviceMessage fromWire(dev.tributary.wire.proto.Update wire) {
        RoundId round = new RoundId(wire.getRound(), wire.getAttempt());
        return switch (wire.getAnswerCase()) {
            case CONTRIBUTION -> update(round, wire.getContribution());
            case DECLINE ->
                new Decline(round, Enums.fromWire("reason", wire.getDecline().getReason(), Decline.Reason.values()));
            case ANSWER_NOT_SET ->
                throw new MalformedMessageException("update must have a contribution or a decline, had neither");
        };
    }

    private static Update update(RoundId round, Contribution wire) {
        if (wire.getVectorsCount() > Limits.VECTORS) {
            throw new MalformedMessageException(
                    "vectors must be at most " + Limits.VECTORS + ", were " + wire.getVectorsCount());
        }
        if (wire.getFingerprint().size() != Fingerprint.SHORT_BYTES) {
            throw new MalformedMessageException("fingerprint must have " + Fingerprint.SHORT_BYTES + " bytes, had "
                    + wire.getFingerprint().size());
        }
        List<EncodedVector> vectors = new ArrayList<>(wire.getVectorsCount());
        for (var vector : wire.getVectorsList()) {
            vectors.add(new EncodedVector(
                    Enums.fromWire("role", vector.getRole(), EncodedVector.Role.values()),
                    vector.getEncoding(),
                    bytes(vector.getBytes())));
        }
        return new Update(
                round,
                wire.getSequence(),
                wire.getBaseVersion(),
                bytes(wire.getFingerprint()),
                Enums.fromWire("kind", wire.getKind(), RoundKind.values()),
                wire.getExampleCount(),
                vectors,
                wire.getCorrect(),
                wire.getLoss());
    }

    static ByteString bytes(Bytes bytes) {
        return ByteString.copyFrom(bytes.toArray());
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.of(bytes.toByteArray());
    }
}
