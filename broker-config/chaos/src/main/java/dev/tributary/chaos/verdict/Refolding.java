package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.codec.Codec;
import dev.tributary.codec.Codecs;
import dev.tributary.model.Bytes;
import dev.tributary.model.Vector;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.FederationId;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes each version again from the one before and its contributors' updates, and where it comes out otherwise looks for the
 * one update that, counted twice or not at all, would explain it.
 */
final class Refolding {
    private final FederationId federation;
    private final Index index;
    private final Publishing publishing;
    private final Map<Long, Records.Version> versions = new HashMap<>();
    private final Map<Long, Records.Round> rounds = new HashMap<>();

    /** What became of one version. */
    sealed interface Result {
        /** The same, bit for bit. */
        record Same() implements Result {}

        /** The same once this update is counted twice. */
        record Twice(AnswerKey update) implements Result {}

        /** The same once this update is left out. */
        record LeftOut(AnswerKey update) implements Result {}

        /** Another, for this reason as far as known. */
        record Different(String why) implements Result {}
    }

    private record Contribution(AnswerKey key, Vector delta, long examples) {}

    /** A version that cannot be made again. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String why) {
            super(why);
        }
    }

    Refolding(Evidence evidence, Index index) {
        this.federation = new FederationId(evidence.federation());
        this.index = index;
        this.publishing = new Publishing(federation, evidence.records().spec());
        evidence.records().versions().forEach(version -> versions.put(version.number(), version));
        evidence.records().rounds().stream()
                .filter(Records.Round::isCommitted)
                .forEach(round -> rounds.put(round.number(), round));
    }

    Result refold(Records.Version version) {
        try {
            float[] base = weights(base(version));
            float[] expected = weights(version);
            List<Contribution> contributions = contributions(round(version), base.length);
            ExactMean mean = ExactMean.ofLength(base.length);
            for (Contribution one : contributions) {
                mean = mean.plus(one.delta(), one.examples(), 1);
            }
            return same(made(version, base, mean), expected)
                    ? new Result.Same()
                    : explain(version, contributions, mean, base);
        } catch (Unknown | IllegalArgumentException | MalformedMessageException e) {
            return new Result.Different(e.getMessage());
        }
    }

    /** The version's weights if the first of its updates that matters were counted twice; empty when it cannot be refolded. */
    Optional<Bytes> withOneTwice(Records.Version version) {
        try {
            float[] base = weights(base(version));
            List<Contribution> contributions = contributions(round(version), base.length);
            ExactMean mean = ExactMean.ofLength(base.length);
            for (Contribution one : contributions) {
                mean = mean.plus(one.delta(), one.examples(), 1);
            }
            float[] right = made(version, base, mean);
            for (Contribution one : contributions) {
                float[] wrong = made(version, base, mean.plus(one.delta(), one.examples(), 1));
                if (!same(right, wrong)) {
                    return Optional.of(bytes(wrong));
                }
            }
            return Optional.empty();
        } catch (Unknown | IllegalArgumentException | MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private float[] made(Records.Version version, float[] base, ExactMean mean) {
        return publishing.published(version, base, mean.appliedTo(base));
    }

    private Records.Version base(Records.Version version) throws Unknown {
        return Optional.ofNullable(versions.get(version.baseVersion()))
                .orElseThrow(() -> new Unknown("its base version " + version.baseVersion() + " is missing"));
    }

    private Records.Round round(Records.Version version) throws Unknown {
        return Optional.ofNullable(rounds.get(version.roundNumber()))
                .filter(round -> round.attempt() == version.attempt() && round.baseVersion() == version.baseVersion())
                .orElseThrow(
                        () -> new Unknown("no round " + version.roundNumber() + " was committed on its base version"));
    }

    private List<Contribution> contributions(Records.Round round, int length) throws Unknown {
        RoundAnnouncement call = WireMapper.decodeRound(federation, round.announcement());
        List<Contribution> contributions = new ArrayList<>();
        for (AnswerKey key : index.contributors(round).values()) {
            Optional<Journals.Answer> answer = index.update(key);
            if (answer.isEmpty()
                    || !(WireMapper.decodeDeviceMessage(answer.get().payload()) instanceof Update update)) {
                throw new Unknown("the update of " + key + " is not known");
            }
            EncodedVector coded = update.vector(EncodedVector.Role.DELTA)
                    .orElseThrow(() -> new Unknown("the update of " + key + " has no delta"));
            Codec codec = Optional.of(call.encoding())
                    .filter(announced -> announced.id() == coded.encoding())
                    .flatMap(Codecs::of)
                    .orElseThrow(() -> new Unknown("the update of " + key + " has encoding " + coded.encoding()));
            Vector delta = codec.decode(coded.bytes(), length, call.seed(new DeviceId(key.device())));
            contributions.add(new Contribution(key, delta, update.exampleCount()));
        }
        if (contributions.isEmpty()) {
            throw new Unknown("its round has no contributors");
        }
        return contributions;
    }

    private Result explain(Records.Version version, List<Contribution> contributions, ExactMean mean, float[] base) {
        float[] expected = weights(version);
        for (Contribution one : contributions) {
            if (same(made(version, base, mean.plus(one.delta(), one.examples(), 1)), expected)) {
                return new Result.Twice(one.key());
            }
            if (contributions.size() > 1
                    && same(made(version, base, mean.plus(one.delta(), one.examples(), -1)), expected)) {
                return new Result.LeftOut(one.key());
            }
        }
        return new Result.Different("its " + contributions.size() + " contributors' updates make another");
    }

    private static boolean same(float[] one, float[] other) {
        return Arrays.equals(one, other);
    }

    private static Bytes bytes(float[] weights) {
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        return Bytes.of(bytes.array());
    }

    private static float[] weights(Records.Version version) {
        Bytes bytes = version.weights();
        float[] weights = new float[bytes.size() / Float.BYTES];
        ByteBuffer.wrap(bytes.toArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(weights);
        return weights;
    }
}
