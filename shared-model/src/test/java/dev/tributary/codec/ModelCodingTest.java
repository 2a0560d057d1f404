package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.FederationId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCodingTest {
    private static final FederationId FEDERATION = new FederationId("plant");
    private static final Encoding DITHER = Codecs.DITHER.withStep(0.5);
    private static final ModelSchema SCHEMA = new ModelSchema(
            0,
            Task.CLASSIFICATION,
            IntStream.range(0, 43).mapToObj(i -> Feature.unbounded("x" + i)).toList(),
            List.of("a", "b", "c"),
            Optional.empty(),
            20);
    private static final GlobalModel BASE = model(6, random(1, 1));

    static Stream<Encoding> encodings() {
        return ModelCoding.names().stream().map(name -> Codecs.encoding(name).orElseThrow());
    }

    private static Vector random(long seed, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        return Vector.of(DoubleStream.generate(() -> scale * random.nextGaussian())
                        .limit(SCHEMA.layout().size())
                        .toArray())
                .roundedToFloat32();
    }

    private static GlobalModel model(long version, Vector values) {
        return new GlobalModel(version, SCHEMA, new Weights(SCHEMA.layout(), values));
    }

    private static ModelCoding coding(Encoding encoding) {
        return ModelCoding.of(FEDERATION, encoding).orElseThrow();
    }

    private static ModelCoding.Coded next(ModelCoding coding, GlobalModel base) {
        Weights aim = base.weights().plus(random(base.version(), 0.01));
        return coding.encode(base, base.version() + 1, aim);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void apply_stepByStep_givesTheCoordinatorsWeightsToTheBit(Encoding encoding) {
        ModelCoding coordinator = coding(encoding);
        ModelCoding device = coding(encoding);
        GlobalModel made = BASE;
        GlobalModel held = BASE;
        for (int i = 0; i < 50; i++) {
            ModelCoding.Coded coded = next(coordinator, made);
            made = coded.model();
            held = device.apply(held, coded.delta()).orElseThrow();
            assertThat(held).isEqualTo(made);
            assertThat(held.weights().values().roundedToFloat32())
                    .isEqualTo(made.weights().values());
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encode_again_givesTheSameBits(Encoding encoding) {
        assertThat(next(coding(encoding), BASE)).isEqualTo(next(coding(encoding), BASE));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encode_nothingChanged_keepsTheWeights(Encoding encoding) {
        ModelCoding.Coded coded = coding(encoding).encode(BASE, 7, BASE.weights());
        assertThat(coded.model().weights()).isEqualTo(BASE.weights());
        assertThat(coding(encoding).apply(BASE, coded.delta())).contains(coded.model());
    }

    @Test
    void encode_dither_errsByHalfAStepAtMost() {
        ModelCoding coding = coding(DITHER);
        Vector change = random(9, 0.01);
        Weights aim = BASE.weights().plus(change);
        GlobalModel made = coding.encode(BASE, 7, aim).model();
        double step = 0.5 * change.norm() / Math.sqrt(change.length());
        Vector error = made.weights().values().minus(aim.values());
        for (int i = 0; i < error.length(); i++) {
            assertThat(Math.abs(error.get(i))).isLessThanOrEqualTo(0.505 * step + 1e-6);
        }
        assertThat(error.norm()).isGreaterThan(0);
    }

    /** The test vector of docs/encodings.md. */
    @Test
    void encode_testVector_givesTheKeptBytes() {
        ModelSchema schema = new ModelSchema(
                0,
                Task.REGRESSION,
                IntStream.range(0, 19).mapToObj(i -> Feature.unbounded("x" + i)).toList(),
                List.of("y"),
                Optional.empty(),
                20);
        GlobalModel base = new GlobalModel(6, schema, Weights.zeros(schema.layout()));
        Weights aim = base.weights()
                .plus(Vector.of(IntStream.range(0, 20)
                        .mapToDouble(i -> (7 * i % 11 - 5) / 4.0)
                        .toArray()));
        ModelCoding.Coded coded = coding(DITHER).encode(base, 7, aim);
        assertThat(HexFormat.of().toHexDigits(Seed.ofModel("plant", 7).value())).isEqualTo("733286ccf5132b7e");
        assertThat(HexFormat.of()
                        .formatHex(coded.delta().step().orElseThrow().bytes().toArray()))
                .isEqualTo("cf3e01ec7bfdbd0431e34680");
        assertThat(HexFormat.of().formatHex(coded.delta().digest().toArray())).isEqualTo("de90e0c298f4bdd5");
    }

    @Test
    void encode_otherVersionOrFederation_hasOtherRandomness() {
        Weights aim = BASE.weights().plus(random(9, 0.01));
        GlobalModel seven = coding(DITHER).encode(BASE, 7, aim).model();
        assertThat(coding(DITHER).encode(BASE, 8, aim).model().weights()).isNotEqualTo(seven.weights());
        assertThat(ModelCoding.of(new FederationId("other"), DITHER)
                        .orElseThrow()
                        .encode(BASE, 7, aim)
                        .model()
                        .weights())
                .isNotEqualTo(seven.weights());
    }

    @Test
    void apply_baseOfTheSameNumberAndOtherWeights_isFoundOut() {
        ModelDelta delta = next(coding(DITHER), BASE).delta();
        assertThat(coding(DITHER).apply(model(6, random(2, 1)), delta)).isEmpty();
    }

    @Test
    void apply_whatFitsNothing_isRefused() {
        ModelCoding coding = coding(DITHER);
        ModelDelta good = next(coding, BASE).delta();
        ModelDelta.Step step = good.step().orElseThrow();
        assertRefused(ModelCoding.notice(BASE), "step must be there from version 6");
        assertRefused(with(good, new ModelDelta.Step(5, DITHER, step.bytes())), "step must be there from version 6");
        assertRefused(with(good, new ModelDelta.Step(6, Codecs.STOCHASTIC, step.bytes())), "encoding must be");
        assertRefused(with(good, new ModelDelta.Step(6, DITHER, Bytes.of((byte) 1))), "payload of 132 coordinates");
        assertRefused(
                with(good, new ModelDelta.Step(6, DITHER, Bytes.of(new byte[] {(byte) 0xc0, 0x7f, 1, 2}))),
                "step must be a finite number above 0");
        assertRefused(
                new ModelDelta(7, Bytes.of(new byte[8]), good.digest(), good.step()),
                "fingerprint must be that of the base's schema");
    }

    @Test
    void apply_toWeightsThatAreNotFinite_isRefused() {
        // The largest step of all, in a payload whose levels a decoder takes for what zeros say.
        Bytes huge = Bytes.of(new byte[] {0x7f, 0x7f, 0, 0, 0, 0});
        ModelDelta good = next(coding(DITHER), BASE).delta();
        GlobalModel large = model(6, random(3, 1e38));
        assertThatThrownBy(() -> coding(DITHER).apply(large, with(good, new ModelDelta.Step(6, DITHER, huge))))
                .isInstanceOf(MalformedMessageException.class);
    }

    private static void assertRefused(ModelDelta delta, String why) {
        assertThatThrownBy(() -> coding(DITHER).apply(BASE, delta))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    private static ModelDelta with(ModelDelta delta, ModelDelta.Step step) {
        return new ModelDelta(delta.version(), delta.fingerprint(), delta.digest(), Optional.of(step));
    }

    @Test
    void isOf_otherVersionWeightsOrSchema_isNot() {
        ModelDelta word = ModelCoding.notice(BASE);
        assertThat(ModelCoding.isOf(BASE, word)).isTrue();
        assertThat(ModelCoding.isOf(model(7, BASE.weights().values()), word)).isFalse();
        assertThat(ModelCoding.isOf(model(6, random(2, 1)), word)).isFalse();
        assertThat(ModelCoding.isOf(BASE, new ModelDelta(6, Bytes.of(new byte[8]), word.digest(), Optional.empty())))
                .isFalse();
    }

    @Test
    void of_noEncodingOrOneThatIsNotForModels_isEmpty() {
        assertThat(ModelCoding.of(FEDERATION, Encoding.NONE)).isEmpty();
        assertThat(ModelCoding.of(FEDERATION, Codecs.DEAD_ZONE)).isEmpty();
        assertThat(ModelCoding.of(FEDERATION, Codecs.RING)).isEmpty();
        assertThat(ModelCoding.of(FEDERATION, Encoding.of(200))).isEmpty();
        assertThat(ModelCoding.of(FEDERATION, Codecs.DITHER.withStep(100))).isEmpty();
        assertThat(ModelCoding.names()).containsExactly("int8", "float16", "dither", "stochastic");
    }
}
