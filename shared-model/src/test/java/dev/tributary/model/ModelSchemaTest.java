package dev.tributary.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden fingerprints were computed from docs/wire-protocol.md with another implementation. */
class ModelSchemaTest {
    private static final List<Feature> FEATURES =
            List.of(new Feature("temperature", "°C", -40, 85, true), Feature.unbounded("x"));
    private static final ModelSchema BARE =
            new ModelSchema(0, Task.CLASSIFICATION, FEATURES, List.of("on", "off"), Optional.empty(), 3);
    private static final Standardiser STANDARDISER =
            new Standardiser(Vector.of(20.5, 0), Vector.of(2, 1), Vector.zeros(0), Vector.zeros(0));

    private static String fingerprint(ModelSchema schema) {
        return HexFormat.of().formatHex(schema.fingerprint().toBytes());
    }

    @Test
    void fingerprint_goldenSchemas_areThoseOfVersion1() {
        ModelSchema regression = new ModelSchema(
                1,
                Task.REGRESSION,
                FEATURES,
                List.of("PM2.5"),
                Optional.of(new Standardiser(Vector.of(20.5, 0), Vector.of(2, 1), Vector.of(80), Vector.of(40))),
                20);

        assertThat(fingerprint(BARE)).isEqualTo("4914354f7e2edbdb0a5a0a5e9a2881b7e8e0dd8729fca6c3aa46d749c33b9e40");
        assertThat(fingerprint(BARE.standardisedBy(STANDARDISER)))
                .isEqualTo("189d4ff1a9f93849381da0139ae625e9ff6491c1a5a3d0ddb2acea1532ea46be");
        assertThat(fingerprint(regression))
                .isEqualTo("effba6847a07ed58261de03270853be29ea595e5e3dcaf86d026bdf901711f49");
    }

    @Test
    void standardisedBy_isTheNextRevision() {
        assertThat(BARE.standardisedBy(STANDARDISER).revision()).isEqualTo(1);
        assertThat(BARE.standardisedBy(STANDARDISER).standardiser()).contains(STANDARDISER);
    }

    @Test
    void layout_ofALinearModel_isOneBlockWithABiasColumn() {
        assertThat(BARE.layout()).isEqualTo(ParameterLayout.of(new ParameterLayout.Block("linear", 2, 3)));
        assertThat(BARE.layout().size()).isEqualTo(6);
    }

    @Test
    void layout_ofAPerceptron_isTwoBlocksAndOneSigmoidForTwoLabels() {
        Architecture perceptron = new Architecture.Perceptron(10);
        ParameterLayout.Block hidden = new ParameterLayout.Block("hidden", 10, 3);
        assertThat(with(Normalization.GLOBAL, perceptron).layout())
                .isEqualTo(ParameterLayout.of(hidden, new ParameterLayout.Block("output", 1, 11)));
        assertThat(perceptron.layout(Task.CLASSIFICATION, 2, 3))
                .isEqualTo(ParameterLayout.of(hidden, new ParameterLayout.Block("output", 3, 11)));
        assertThat(perceptron.layout(Task.REGRESSION, 2, 2))
                .isEqualTo(ParameterLayout.of(hidden, new ParameterLayout.Block("output", 2, 11)));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void size_ofEveryArchitecture_isThatOfItsLayout(Task task) {
        for (Architecture architecture : List.of(Architecture.LINEAR, new Architecture.Perceptron(7))) {
            for (int outputs : new int[] {2, 3}) {
                assertThat(architecture.size(task, 5, outputs))
                        .isEqualTo(architecture.layout(task, 5, outputs).size());
            }
        }
        assertThat(new Architecture.Perceptron(Integer.MAX_VALUE).size(task, 100_000, 10_000))
                .isGreaterThan(Integer.MAX_VALUE);
    }

    @Test
    void fingerprint_tellsNormalizationsAndArchitecturesApart() {
        assertThat(Stream.of(
                                with(Normalization.GLOBAL, Architecture.LINEAR),
                                with(Normalization.DEVICE, Architecture.LINEAR),
                                with(Normalization.NONE, Architecture.LINEAR),
                                with(Normalization.GLOBAL, new Architecture.Perceptron(10)),
                                with(Normalization.GLOBAL, new Architecture.Perceptron(11)),
                                with(Normalization.DEVICE, new Architecture.Perceptron(10)))
                        .map(ModelSchemaTest::fingerprint))
                .doesNotHaveDuplicates();
    }

    private static ModelSchema with(Normalization normalization, Architecture architecture) {
        return new ModelSchema(
                0,
                Task.CLASSIFICATION,
                FEATURES,
                List.of("on", "off"),
                Optional.empty(),
                3,
                normalization,
                architecture);
    }

    @Test
    void construct_whatMakesNoSense_isRefused() {
        assertThatThrownBy(() -> new ModelSchema(0, Task.CLASSIFICATION, FEATURES, List.of("one"), Optional.empty(), 3))
                .hasMessage("outputs must be >= 2 labels, was 1");
        assertThatThrownBy(
                        () -> new ModelSchema(0, Task.CLASSIFICATION, FEATURES, List.of("a", "a"), Optional.empty(), 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ModelSchema(0, Task.REGRESSION, List.of(), List.of("a"), Optional.empty(), 3))
                .hasMessage("features must not be empty");
        assertThatThrownBy(
                        () -> new ModelSchema(0, Task.REGRESSION, FEATURES, List.of("a"), Optional.empty(), Double.NaN))
                .hasMessage("featureClip must be > 0, was NaN");
        assertThatThrownBy(
                        () -> new ModelSchema(1, Task.REGRESSION, FEATURES, List.of("a"), Optional.of(STANDARDISER), 3))
                .hasMessage("standardiser must have 2 features and 1 outputs, had 2 and 0");
    }
}
