package dev.tributary.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.ParameterLayout;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.DeviceMetrics;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.protocol.Prediction;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.proto.DeviceInbox;
import dev.tributary.wire.proto.Signed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The one mapper between domain messages and the bytes of the wire protocol.
 *
 * <p>Each {@code decode…} throws {@link MalformedMessageException}, and nothing else, for any bytes whatsoever.
 */
public final class WireMapper {
    private static final long MAX_MILLIS = Duration.ofDays(3650).toMillis();

    private WireMapper() {}

    /** The specification, as the body of an envelope that is not signed yet. */
    public static Bytes encode(FederationSpec spec) {
        var wire = dev.tributary.wire.proto.FederationSpec.newBuilder()
                .setProtocolVersion(Limits.PROTOCOL_VERSION)
                .setFederation(spec.federation().value())
                .setSchema(SchemaMapper.toWire(spec.schema()))
                .setFingerprint(com.google.protobuf.ByteString.copyFrom(
                        spec.schema().fingerprint().toBytes()))
                .setPlan(SchemaMapper.toWire(spec.plan()))
                .setShardCount(spec.shardCount())
                .setModelEncoding(spec.modelEncoding().id())
                .setModelEncodingStep((float) spec.modelEncoding().step());
        spec.majorityOutput().ifPresent(wire::setMajorityOutput);
        spec.budget().ifPresent(budget -> wire.setBudget(BudgetMapper.toWire(budget)));
        return sealed(wire.build());
    }

    /** The specification of {@code federation} in these bytes. */
    public static FederationSpec decodeSpec(FederationId federation, Bytes bytes) {
        return decode("spec", bytes, DecodeStep.sealed(dev.tributary.wire.proto.FederationSpec.parser(), wire -> {
            requireVersion(wire.getProtocolVersion());
            if (!wire.getFederation().equals(federation.value())) {
                throw new MalformedMessageException("federation must be " + federation + ", was another");
            }
            ModelSchema schema = SchemaMapper.fromWire(wire.getSchema());
            if (!Arrays.equals(
                    schema.fingerprint().toBytes(), wire.getFingerprint().toByteArray())) {
                throw new MalformedMessageException("fingerprint must be that of the schema, was another");
            }
            int shards = wire.getShardCount();
            if (shards < 1 || shards > Limits.EXPECTED_SHARDS) {
                throw new MalformedMessageException(
                        "shardCount must be in [1, " + Limits.EXPECTED_SHARDS + "], was " + shards);
            }
            OptionalInt majority =
                    wire.hasMajorityOutput() ? OptionalInt.of(wire.getMajorityOutput()) : OptionalInt.empty();
            if (majority.isPresent()
                    && (majority.getAsInt() < 0
                            || majority.getAsInt() >= schema.outputs().size())) {
                throw new MalformedMessageException("majorityOutput must be an output's index, was " + majority);
            }
            return new FederationSpec(
                    federation,
                    schema,
                    SchemaMapper.fromWire(wire.getPlan()),
                    majority,
                    shards,
                    Encoding.of(wire.getModelEncoding()).withStep(wire.getModelEncodingStep()),
                    wire.hasBudget() ? Optional.of(BudgetMapper.fromWire(wire.getBudget())) : Optional.empty());
        }));
    }

    /** The model, weights as float32. */
    public static Bytes encode(GlobalModel model) {
        Vector values = model.weights().values();
        ByteBuffer weights = ByteBuffer.allocate(Math.multiplyExact(values.length(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length(); i++) {
            weights.putFloat((float) values.get(i));
        }
        return sealed(dev.tributary.wire.proto.GlobalModel.newBuilder()
                .setProtocolVersion(Limits.PROTOCOL_VERSION)
                .setVersion(model.version())
                .setFingerprint(com.google.protobuf.ByteString.copyFrom(
                        model.schema().fingerprint().toBytes()))
                .setWeights(com.google.protobuf.ByteString.copyFrom(weights.flip()))
                .build());
    }

    /** The model in these bytes, which must be one of {@code schema}. */
    public static GlobalModel decodeModel(ModelSchema schema, Bytes bytes) {
        return decode("model", bytes, DecodeStep.sealed(dev.tributary.wire.proto.GlobalModel.parser(), wire -> {
            requireVersion(wire.getProtocolVersion());
            if (!Arrays.equals(
                    schema.fingerprint().toBytes(), wire.getFingerprint().toByteArray())) {
                throw new MalformedMessageException("fingerprint must be that of the known schema, was another");
            }
            ParameterLayout layout = schema.layout();
            long expectedBytes = (long) layout.size() * Float.BYTES;
            if (wire.getWeights().size() != expectedBytes) {
                throw new MalformedMessageException("weights must have " + expectedBytes + " bytes, had "
                        + wire.getWeights().size());
            }
            ByteBuffer buffer = wire.getWeights().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            double[] values = new double[layout.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = buffer.getFloat();
            }
            return new GlobalModel(wire.getVersion(), schema, new Weights(layout, Vector.of(values)));
        }));
    }

    /** The word on the newest version. */
    public static Bytes encode(ModelDelta delta) {
        return sealed(ModelDeltaMapper.toWire(delta));
    }

    /** The word on the newest version in these bytes; its length is held against the schema when it is decoded. */
    public static ModelDelta decodeModelDelta(Bytes bytes) {
        return decode("model delta", bytes, DecodeStep.sealed(dev.tributary.wire.proto.ModelDelta.parser(), wire -> {
            requireVersion(wire.getProtocolVersion());
            return ModelDeltaMapper.fromWire(wire);
        }));
    }

    /** The announcement. */
    public static Bytes encode(RoundAnnouncement round) {
        return sealed(dev.tributary.wire.proto.RoundAnnouncement.newBuilder()
                .setProtocolVersion(Limits.PROTOCOL_VERSION)
                .setRound(round.round().number())
                .setAttempt(round.round().attempt())
                .setKindValue(Enums.toWire(round.kind()))
                .setBaseVersion(round.baseVersion())
                .setFingerprint(UpdateMapper.bytes(round.fingerprint()))
                .setNonce(UpdateMapper.bytes(round.nonce()))
                .setShare(round.share())
                .setLearningRate(round.learningRate())
                .setLearningRateDecay(round.learningRateDecay())
                .setEncoding(round.encoding().id())
                .setEncodingStep((float) round.encoding().step())
                .setEncodingDeadZone((float) round.encoding().deadZone())
                .setEncodingBits(round.encoding().bits())
                .setTrainRounds(round.trainRounds())
                .setComparisons(round.comparisons())
                .setDeadlineMillis(round.deadline().toMillis())
                .setComeBackMillis(round.comeBack().toMillis())
                .build());
    }

    /** The announcement to {@code federation} in these bytes. */
    public static RoundAnnouncement decodeRound(FederationId federation, Bytes bytes) {
        return decode("round", bytes, DecodeStep.sealed(dev.tributary.wire.proto.RoundAnnouncement.parser(), wire -> {
            requireVersion(wire.getProtocolVersion());
            if (wire.getNonce().size() > Limits.NONCE_BYTES) {
                throw new MalformedMessageException("nonce must have at most " + Limits.NONCE_BYTES + " bytes, had "
                        + wire.getNonce().size());
            }
            if (wire.getTrainRounds() < 0) {
                throw new MalformedMessageException("trainRounds must be below 2^31, was more");
            }
            return new RoundAnnouncement(
                    federation,
                    new RoundId(wire.getRound(), wire.getAttempt()),
                    Enums.fromWire("kind", wire.getKind(), RoundKind.values()),
                    wire.getBaseVersion(),
                    UpdateMapper.bytes(wire.getFingerprint()),
                    UpdateMapper.bytes(wire.getNonce()),
                    wire.getShare(),
                    wire.getLearningRate(),
                    wire.getLearningRateDecay(),
                    new Encoding(
                            wire.getEncoding(),
                            wire.getEncodingStep(),
                            wire.getEncodingDeadZone(),
                            wire.getEncodingBits()),
                    wire.getTrainRounds(),
                    wire.getComparisons(),
                    millis("deadline", wire.getDeadlineMillis()),
                    millis("comeBack", wire.getComeBackMillis()));
        }));
    }

    /** A device's answer to an announcement. */
    public static Bytes encode(DeviceMessage message) {
        return Bytes.of(UpdateMapper.toWire(message).toByteArray());
    }

    /** The answer in these bytes. */
    public static DeviceMessage decodeDeviceMessage(Bytes bytes) {
        return decode(
                "update", bytes, DecodeStep.plain(dev.tributary.wire.proto.Update.parser(), UpdateMapper::fromWire));
    }

    /** The receipt, in the inbox of the device that it is for. */
    public static Bytes encode(Receipt receipt) {
        DeviceInbox.Builder inbox = DeviceInbox.newBuilder();
        inbox.getReceiptBuilder()
                .setRound(receipt.round().number())
                .setAttempt(receipt.round().attempt())
                .setCodeValue(Enums.toWire(receipt.code()))
                .setDetail(receipt.detail())
                .setRepeat(receipt.repeat());
        return Bytes.of(inbox.build().toByteArray());
    }

    /** The receipt of {@code federation} in these bytes. */
    public static Receipt decodeReceipt(FederationId federation, Bytes bytes) {
        return decode("receipt", bytes, DecodeStep.plain(DeviceInbox.parser(), inbox -> {
            if (!inbox.hasReceipt()) {
                throw new MalformedMessageException("inbox must hold a receipt, held nothing known");
            }
            var wire = inbox.getReceipt();
            return new Receipt(
                    federation,
                    new RoundId(wire.getRound(), wire.getAttempt()),
                    Enums.fromWire("code", wire.getCode(), Receipt.Code.values()),
                    wire.getDetail(),
                    wire.getRepeat());
        }));
    }

    /** A device's presence; its id is in the topic. */
    public static Bytes encode(Presence presence) {
        var wire = dev.tributary.wire.proto.Presence.newBuilder()
                .setStatusValue(Enums.toWire(presence.status()))
                .setAgentVersion(presence.agentVersion());
        for (Presence.Membership membership : presence.memberships()) {
            wire.addMembershipsBuilder()
                    .setFederation(membership.federation().value())
                    .setRoleValue(Enums.toWire(membership.role()))
                    .setExampleCount(membership.exampleCount());
        }
        presence.returnsAfter().ifPresent(duration -> wire.setReturnsAfterSeconds(duration.toSeconds()));
        return Bytes.of(wire.build().toByteArray());
    }

    /** The presence of {@code device} in these bytes. */
    public static Presence decodePresence(DeviceId device, Bytes bytes) {
        return decode("presence", bytes, DecodeStep.plain(dev.tributary.wire.proto.Presence.parser(), wire -> {
            if (wire.getMembershipsCount() > Limits.MEMBERSHIPS) {
                throw new MalformedMessageException(
                        "memberships must be at most " + Limits.MEMBERSHIPS + ", were " + wire.getMembershipsCount());
            }
            List<Presence.Membership> memberships = new ArrayList<>();
            for (var membership : wire.getMembershipsList()) {
                memberships.add(new Presence.Membership(
                        new FederationId(membership.getFederation()),
                        Enums.fromWire("role", membership.getRole(), Presence.Role.values()),
                        membership.getExampleCount()));
            }
            return new Presence(
                    device,
                    Enums.fromWire("status", wire.getStatus(), Presence.Status.values()),
                    wire.getAgentVersion(),
                    memberships,
                    wire.getReturnsAfterSeconds() == 0
                            ? Optional.empty()
                            : Optional.of(seconds("returnsAfter", wire.getReturnsAfterSeconds())));
        }));
    }

    /** A device's word on itself; the device is in the topic. */
    public static Bytes encode(DeviceMetrics metrics) {
        return Bytes.of(BudgetMapper.toWire(metrics).toByteArray());
    }

    /** What {@code device} tells of itself in these bytes. */
    public static DeviceMetrics decodeMetrics(DeviceId device, Bytes bytes) {
        return decode(
                "metrics",
                bytes,
                DecodeStep.plain(
                        dev.tributary.wire.proto.DeviceMetrics.parser(), wire -> BudgetMapper.fromWire(device, wire)));
    }

    /** A prediction; federation and device are in the topic. */
    public static Bytes encode(Prediction prediction) {
        var wire = dev.tributary.wire.proto.Prediction.newBuilder().setModelVersion(prediction.modelVersion());
        if (prediction.label() >= 0) {
            wire.setLabel(prediction.label());
        }
        for (int i = 0; i < prediction.values().length(); i++) {
            wire.addValues((float) prediction.values().get(i));
        }
        return Bytes.of(wire.build().toByteArray());
    }

    /** The prediction of {@code device} in these bytes. */
    public static Prediction decodePrediction(FederationId federation, DeviceId device, Bytes bytes) {
        return decode("prediction", bytes, DecodeStep.plain(dev.tributary.wire.proto.Prediction.parser(), wire -> {
            double[] values = new double[wire.getValuesCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = wire.getValues(i);
            }
            return new Prediction(
                    federation,
                    device,
                    wire.getModelVersion(),
                    wire.hasLabel() ? wire.getLabel() : -1,
                    Vector.of(values));
        }));
    }

    private static Bytes sealed(MessageLite body) {
        return Bytes.of(Signed.newBuilder().setBody(body.toByteString()).build().toByteArray());
    }

    private static void requireVersion(int version) {
        if (version != Limits.PROTOCOL_VERSION) {
            throw new MalformedMessageException("protocolVersion must be " + Limits.PROTOCOL_VERSION + ", was "
                    + Integer.toUnsignedString(version));
        }
    }

    private static Duration seconds(String field, long value) {
        if (value < 0 || value > MAX_MILLIS / 1_000) {
            throw new MalformedMessageException(
                    field + "Seconds must be in [0, " + MAX_MILLIS / 1_000 + "], was " + Long.toUnsignedString(value));
        }
        return Duration.ofSeconds(value);
    }

    private static Duration millis(String field, long millis) {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new MalformedMessageException(
                    field + "Millis must be in [0, " + MAX_MILLIS + "], was " + Long.toUnsignedString(millis));
        }
        return Duration.ofMillis(millis);
    }

    /** Parses bytes and maps what it parsed. */
    private interface DecodeStep<T> {
        T apply(byte[] bytes) throws InvalidProtocolBufferException;

        static <W, T> DecodeStep<T> plain(Parser<W> parser, Function<W, T> map) {
            return bytes -> map.apply(parser.parseFrom(bytes));
        }

        static <W, T> DecodeStep<T> sealed(Parser<W> parser, Function<W, T> map) {
            return bytes -> map.apply(parser.parseFrom(Signed.parseFrom(bytes).getBody()));
        }
    }

    private static <T> T decode(String what, Bytes bytes, DecodeStep<T> step) {
        if (bytes.size() > Limits.MESSAGE_BYTES) {
            throw new MalformedMessageException(
                    what + " must have at most " + Limits.MESSAGE_BYTES + " bytes, had " + bytes.size());
        }
        try {
            return step.apply(bytes.toArray());
        } catch (MalformedMessageException e) {
            throw new MalformedMessageException(what + ": " + e.getMessage(), e);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessageException(what + " is not a protocol buffer message: " + e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedMessageException(what + ": " + e.getMessage(), e);
        }
    }
}
