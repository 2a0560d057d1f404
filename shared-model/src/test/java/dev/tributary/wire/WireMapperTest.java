package dev.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireMapperTest {
    private static final FederationId FEDERATION = WireExamples.FEDERATION;
    private static final DeviceId DEVICE = new DeviceId("pump-7");

    @Test
    void decode_encoded_givesTheSameMessage() {
        FederationSpec spec = WireExamples.spec();
        assertThat(WireMapper.decodeSpec(FEDERATION, WireMapper.encode(spec))).isEqualTo(spec);
        for (FederationSpec other : WireExamples.laterSpecs()) {
            assertThat(WireMapper.decodeSpec(FEDERATION, WireMapper.encode(other)))
                    .isEqualTo(other);
        }
        GlobalModel model = WireExamples.model();
        assertThat(WireMapper.decodeModel(model.schema(), WireMapper.encode(model)))
                .isEqualTo(model);
        assertThat(WireMapper.decodeModelDelta(WireMapper.encode(WireExamples.delta())))
                .isEqualTo(WireExamples.delta());
        assertThat(WireMapper.decodeModelDelta(WireMapper.encode(WireExamples.notice())))
                .isEqualTo(WireExamples.notice());
        assertThat(WireMapper.decodeRound(FEDERATION, WireMapper.encode(WireExamples.round())))
                .isEqualTo(WireExamples.round());
        assertThat(WireMapper.decodeRound(FEDERATION, WireMapper.encode(WireExamples.ditheredRound())))
                .isEqualTo(WireExamples.ditheredRound());
        assertThat(WireMapper.decodeDeviceMessage(WireMapper.encode(WireExamples.update())))
                .isEqualTo(WireExamples.update());
        assertThat(WireMapper.decodeReceipt(FEDERATION, WireMapper.encode(WireExamples.receipt())))
                .isEqualTo(WireExamples.receipt());
        assertThat(WireMapper.decodePresence(DEVICE, WireMapper.encode(WireExamples.presence())))
                .isEqualTo(WireExamples.presence());
        assertThat(WireMapper.decodePresence(DEVICE, WireMapper.encode(WireExamples.sleeping())))
                .isEqualTo(WireExamples.sleeping());
        assertThat(WireMapper.decodePrediction(FEDERATION, DEVICE, WireMapper.encode(WireExamples.prediction())))
                .isEqualTo(WireExamples.prediction());
        for (Decline.Reason reason : Decline.Reason.values()) {
            Decline decline = new Decline(new RoundId(9, 2), reason);
            assertThat(WireMapper.decodeDeviceMessage(WireMapper.encode(decline)))
                    .isEqualTo(decline);
        }
    }

    @Test
    void encode_announcement_isAtMost300Bytes() {
        assertThat(WireMapper.encode(WireExamples.ditheredRound()).size()).isLessThanOrEqualTo(300);
    }

    @Test
    void encode_update_framesItsVectorsAndMetricsInAtMost40Bytes() {
        int vectors = WireExamples.update().vectors().stream()
                .mapToInt(vector -> vector.bytes().size())
                .sum();
        int metrics = 3 + 3 + 5; // example count, correct, loss
        assertThat(WireMapper.encode(WireExamples.update()).size() - vectors - metrics)
                .isLessThanOrEqualTo(40);
    }

    @Test
    void encode_modelDelta_framesItsStepInAtMost45Bytes() {
        int step = WireExamples.delta().step().orElseThrow().bytes().size();
        assertThat(WireMapper.encode(WireExamples.delta()).size() - step).isLessThanOrEqualTo(45);
    }

    @Test
    void decodeModelDelta_backwardsOrWithoutADigest_isRefused() {
        var good = dev.tributary.wire.ModelDeltaMapper.toWire(WireExamples.delta());
        assertThatThrownBy(() -> WireMapper.decodeModelDelta(
                        signed(good.toBuilder().setVersion(7).build())))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("base version must be in [0, 7), was 7");
        assertThatThrownBy(() -> WireMapper.decodeModelDelta(
                        signed(good.toBuilder().clearDigest().build())))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("digest must have 8 bytes, had 0");
    }

    private static Bytes signed(dev.tributary.wire.proto.ModelDelta delta) {
        return Bytes.of(dev.tributary.wire.proto.Signed.newBuilder()
                .setBody(delta.toByteString())
                .build()
                .toByteArray());
    }

    @Test
    void decodeModel_otherSchemaOrLength_isRefused() {
        GlobalModel model = WireExamples.model();
        Bytes bytes = WireMapper.encode(model);
        assertThatThrownBy(() -> WireMapper.decodeModel(
                        model.schema()
                                .standardisedBy(model.schema().standardiser().orElseThrow()),
                        bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("fingerprint");
        var wire = dev.tributary.wire.proto.GlobalModel.newBuilder()
                .setProtocolVersion(1)
                .setFingerprint(com.google.protobuf.ByteString.copyFrom(
                        model.schema().fingerprint().toBytes()))
                .setWeights(com.google.protobuf.ByteString.copyFrom(new byte[4]));
        Bytes shortModel = Bytes.of(dev.tributary.wire.proto.Signed.newBuilder()
                .setBody(wire.build().toByteString())
                .build()
                .toByteArray());
        assertThatThrownBy(() -> WireMapper.decodeModel(model.schema(), shortModel))
                .hasMessageContaining("weights must have 36 bytes, had 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void decodeSpec_hiddenUnitsPastAnyLimit_areRefusedBeforeTheyAreAllocated(int hiddenUnits) throws Exception {
        var wire = dev.tributary.wire.proto.FederationSpec.parseFrom(dev.tributary.wire.proto.Signed.parseFrom(
                                WireMapper.encode(WireExamples.spec()).toArray())
                        .getBody())
                .toBuilder();
        wire.getSchemaBuilder().setHiddenUnits(hiddenUnits);
        Bytes bytes = Bytes.of(dev.tributary.wire.proto.Signed.newBuilder()
                .setBody(wire.build().toByteString())
                .build()
                .toByteArray());
        assertThatThrownBy(() -> WireMapper.decodeSpec(FEDERATION, bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(hiddenUnits > 0 ? "at most 4000000 weights, had " : "hiddenUnits must be >= 1");
    }

    @Test
    void decodeModel_notFinite_isRefused() {
        GlobalModel model = WireExamples.model();
        double[] values = model.weights().values().toArray();
        values[3] = 1e300; // overflows float32
        GlobalModel huge =
                new GlobalModel(1, model.schema(), new Weights(model.weights().layout(), Vector.of(values)));
        assertThatThrownBy(() -> WireMapper.decodeModel(model.schema(), WireMapper.encode(huge)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("finite");
    }

    @Test
    void decodeSpec_ofAnotherFederation_isRefused() {
        assertThatThrownBy(
                        () -> WireMapper.decodeSpec(new FederationId("other"), WireMapper.encode(WireExamples.spec())))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("federation must be other");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decode_damagedBytes_endInOneException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        GlobalModel model = WireExamples.model();
        for (int i = 0; i < 2_000; i++) {
            mangle(random, WireMapper.encode(WireExamples.spec()), b -> WireMapper.decodeSpec(FEDERATION, b));
            mangle(random, WireMapper.encode(model), b -> WireMapper.decodeModel(model.schema(), b));
            mangle(random, WireMapper.encode(WireExamples.delta()), WireMapper::decodeModelDelta);
            mangle(random, WireMapper.encode(WireExamples.round()), b -> WireMapper.decodeRound(FEDERATION, b));
            mangle(random, WireMapper.encode(WireExamples.update()), WireMapper::decodeDeviceMessage);
            mangle(random, WireMapper.encode(WireExamples.receipt()), b -> WireMapper.decodeReceipt(FEDERATION, b));
            mangle(random, WireMapper.encode(WireExamples.sleeping()), b -> WireMapper.decodePresence(DEVICE, b));
            mangle(random, WireMapper.encode(WireExamples.presence()), b -> WireMapper.decodePresence(DEVICE, b));
        }
    }

    private static void mangle(SplittableRandom random, Bytes good, Consumer<Bytes> decode) {
        byte[] bytes = good.toArray();
        for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Bytes damaged = Bytes.of(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        assertThatCode(() -> {
                    try {
                        decode.accept(damaged);
                    } catch (MalformedMessageException e) {
                        assertThat(e).hasMessageStartingWith(e.getMessage().substring(0, 3)); // the one documented end
                    }
                })
                .doesNotThrowAnyException();
    }
}
