package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.Records;
import dev.tributary.codec.ModelCoding;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import dev.tributary.wire.WireMapper;
import java.util.Optional;

/**
 * Makes of the weights that a round leads to those that its version has: where versions are published as steps, what devices
 * make of the step.
 */
final class Publishing {
    private record Steps(ModelSchema schema, ModelCoding coding) {}

    private final Optional<Steps> steps;

    /**
     * What a federation with this specification publishes.
     *
     * @param spec as on the wire; empty when none is known
     */
    Publishing(FederationId federation, Bytes spec) {
        Optional<FederationSpec> known =
                spec.size() == 0 ? Optional.empty() : Optional.of(WireMapper.decodeSpec(federation, spec));
        this.steps = known.flatMap(
                one -> ModelCoding.of(federation, one.modelEncoding()).map(coding -> new Steps(one.schema(), coding)));
    }

    float[] published(Records.Version version, float[] base, float[] next) {
        return steps.map(known -> decoded(known, version, base, next)).orElse(next);
    }

    private static float[] decoded(Steps known, Records.Version version, float[] base, float[] next) {
        GlobalModel from = new GlobalModel(version.baseVersion(), known.schema(), weights(known.schema(), base));
        Vector values = known.coding()
                .encode(from, version.number(), weights(known.schema(), next))
                .model()
                .weights()
                .values();
        float[] decoded = new float[values.length()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = (float) values.get(i);
        }
        return decoded;
    }

    private static Weights weights(ModelSchema schema, float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new Weights(schema.layout(), Vector.of(wide));
    }
}
