package dev.tributary.codec;

import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.update.FederationId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Versions of a federation's model as coded differences. A version's weights are the decoded ones, for coordinator and
 * devices alike: the base's plus the decoded difference, in float64, rounded once to float32.
 */
public final class ModelCoding {
    private static final List<Integer> IDS = List.of(Int8.ID, Float16.ID, Uniform.DITHER_ID, Uniform.STOCHASTIC_ID);

    private final FederationId federation;
    private final Encoding encoding;
    private final Codec codec;

    private ModelCoding(FederationId federation, Encoding encoding, Codec codec) {
        this.federation = federation;
        this.encoding = encoding;
        this.codec = codec;
    }

    /** A version and the word on it. */
    public record Coded(GlobalModel model, ModelDelta delta) {}

    /** The coding with this encoding; empty when there is none, or none that this version knows for models. */
    public static Optional<ModelCoding> of(FederationId federation, Encoding encoding) {
        return Optional.of(encoding)
                .filter(one -> IDS.contains(one.id()))
                .flatMap(Codecs::of)
                .map(codec -> new ModelCoding(federation, encoding, codec));
    }

    /** The names of the encodings that are for models: each needs no memory of what it left out, and saves something. */
    public static List<String> names() {
        return IDS.stream().map(id -> Codecs.byId(id).orElseThrow().name()).toList();
    }

    /** The word on a version that does not come of another by a step. */
    public static ModelDelta notice(GlobalModel model) {
        return word(model, Optional.empty());
    }

    /**
     * The version that comes of {@code base} when its weights are to be, as nearly as the encoding says, {@code next}.
     *
     * @throws IllegalArgumentException when they are not finite, or too far away for the encoding
     */
    public Coded encode(GlobalModel base, long version, Weights next) {
        Bytes bytes = codec.encode(next.values().minus(base.weights().values()), seed(version));
        GlobalModel model = moved(base, version, bytes);
        return new Coded(model, word(model, Optional.of(new ModelDelta.Step(base.version(), encoding, bytes))));
    }

    /**
     * The version that {@code delta} makes of {@code base}; empty when they are not the weights that it was made for,
     * because the base is not the one that the delta was made from.
     *
     * @throws MalformedMessageException when it has no step from {@code base}, or one that stands for no weights
     */
    public Optional<GlobalModel> apply(GlobalModel base, ModelDelta delta) {
        ModelDelta.Step step = delta.step()
                .filter(one -> one.baseVersion() == base.version())
                .orElseThrow(() -> new MalformedMessageException(
                        "step must be there from version " + base.version() + ", was " + delta.step()));
        if (!step.encoding().equals(encoding)) {
            throw new MalformedMessageException(
                    "encoding must be that of the specification, " + encoding + ", was " + step.encoding());
        }
        if (!base.schema().fingerprint().matches(delta.fingerprint().toArray())) {
            throw new MalformedMessageException("fingerprint must be that of the base's schema, was another");
        }
        GlobalModel model;
        try {
            model = moved(base, delta.version(), step.bytes());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(e.getMessage(), e);
        }
        return Optional.of(model).filter(one -> isOf(one, delta));
    }

    /** Whether {@code delta} is the word on this very model. */
    public static boolean isOf(GlobalModel model, ModelDelta delta) {
        return delta.version() == model.version()
                && model.schema().fingerprint().matches(delta.fingerprint().toArray())
                && delta.digest().equals(digest(model));
    }

    private GlobalModel moved(GlobalModel base, long version, Bytes bytes) {
        Weights weights = base.weights();
        Vector difference = codec.decode(bytes, weights.values().length(), seed(version));
        Vector next = weights.values().plus(difference).roundedToFloat32();
        return new GlobalModel(version, base.schema(), new Weights(weights.layout(), next));
    }

    private Seed seed(long version) {
        return Seed.ofModel(federation.value(), version);
    }

    private static ModelDelta word(GlobalModel model, Optional<ModelDelta.Step> step) {
        return new ModelDelta(
                model.version(), Bytes.of(model.schema().fingerprint().shortBytes()), digest(model), step);
    }

    private static Bytes digest(GlobalModel model) {
        return Bytes.of(Arrays.copyOf(model.weights().sha256(), ModelDelta.DIGEST_BYTES));
    }
}
