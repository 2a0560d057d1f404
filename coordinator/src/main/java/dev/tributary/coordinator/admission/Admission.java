package dev.tributary.coordinator.admission;

import dev.tributary.codec.Codec;
import dev.tributary.codec.Float64;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Moments;
import dev.tributary.model.Seed;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.EncodedVector;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.util.Optional;
import java.util.function.Function;

/** Judges the answers of devices to announcements; the same arguments give the same verdict. */
public final class Admission {
    private static final Codec FLOAT64 = new Float64();
    private static final Seed NO_SEED = new Seed(0);

    private final AdmissionLimits limits;
    private final Function<Encoding, Optional<Codec>> codecs;
    private final EvaluationCheck evaluations;

    /** Admission under these limits; {@code codecs} finds the codec of an encoding. */
    public Admission(AdmissionLimits limits, Function<Encoding, Optional<Codec>> codecs) {
        this.limits = limits;
        this.codecs = codecs;
        this.evaluations = new EvaluationCheck(limits);
    }

    /**
     * Whether {@code device} may answer this round at all: empty when it may.
     *
     * @param open the terms of the round that takes answers
     * @param newest the newest round that was announced; empty before the first
     */
    public Optional<Verdict.Rejected> judgeSender(
            DeviceId device,
            DeviceMessage message,
            Optional<Device> registered,
            Optional<RoundTerms> open,
            Optional<RoundId> newest) {
        RoundId round = message.round();
        if (registered.isEmpty()) {
            return reject(Code.UNKNOWN_DEVICE, "device " + device + " did not announce itself in this federation");
        }
        if (newest.isEmpty() || round.compareTo(newest.get()) > 0) {
            return reject(Code.UNKNOWN_ROUND, "round " + round + " was not announced");
        }
        if (open.isEmpty() || !open.get().announcement().round().equals(round)) {
            return reject(Code.LATE, "round " + round + " is closed");
        }
        if (registered.get().quarantine().isPresent()) {
            return reject(Code.QUARANTINED, registered.get().quarantine().get().reason());
        }
        if (registered.get().statisticsRejected()) {
            return reject(Code.OUTLYING_STATISTICS, "the device's statistics were rejected");
        }
        RoundAnnouncement announcement = open.get().announcement();
        boolean isForTrainers = announcement.kind() != RoundKind.EVALUATE;
        if (isForTrainers && registered.get().role() != Presence.Role.TRAINER) {
            return reject(Code.NOT_SELECTED, "the device announced itself as an evaluator, not as a trainer");
        }
        if (!announcement.selects(device)) {
            return reject(
                    Code.NOT_SELECTED,
                    "the device's share of round " + round + " is not below " + announcement.share());
        }
        return Optional.empty();
    }

    /**
     * Whether what was trained from version {@code base} can still count in an asynchronous federation: empty when it can.
     *
     * @param current the newest version
     * @param oldest the newest version whose weights do not come from the version before, after a roll-back; 0 without one
     */
    public static Optional<Verdict.Rejected> judgeAge(long base, long current, long oldest, int maximumStaleness) {
        if (base < oldest) {
            return reject(
                    Code.STALE,
                    "the update was trained from version " + base + ", before a roll-back made version " + oldest);
        }
        if (current - base > maximumStaleness) {
            return reject(
                    Code.STALE,
                    "the update was trained from version " + base + ", the newest is " + current
                            + ", and maximumStaleness is " + maximumStaleness);
        }
        return Optional.empty();
    }

    /** The verdict on an update from a device that may answer the round of these terms. */
    public Verdict judge(Update update, Device device, RoundTerms terms) {
        RoundAnnouncement announcement = terms.announcement();
        if (update.kind() != announcement.kind()) {
            return rejected(
                    Code.WRONG_KIND,
                    "kind must be " + announcement.kind().name() + ", was "
                            + update.kind().name());
        }
        if (update.baseVersion() != announcement.baseVersion()) {
            return rejected(
                    Code.WRONG_BASE_VERSION,
                    "baseVersion must be " + announcement.baseVersion() + ", was " + update.baseVersion());
        }
        if (!update.fingerprint().equals(announcement.fingerprint())) {
            return rejected(
                    Code.WRONG_FINGERPRINT,
                    "fingerprint must be " + announcement.fingerprint() + ", was " + update.fingerprint());
        }
        if (update.exampleCount() < 1 || update.exampleCount() > limits.maxExampleCount()) {
            return rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    "exampleCount must be in [1, " + limits.maxExampleCount() + "], was " + update.exampleCount());
        }
        try {
            return switch (announcement.kind()) {
                case STATISTICS -> statistics(update, terms);
                case TRAIN -> delta(update, device, terms);
                case EVALUATE -> evaluations.judge(update, device, terms);
                case SOLVE -> SumsCheck.judge(update, terms);
            };
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return rejected(Code.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private Verdict statistics(Update update, RoundTerms terms) {
        Optional<Verdict> shape = onlyRole(update, Role.MOMENTS);
        if (shape.isPresent()) {
            return shape.get();
        }
        EncodedVector encoded = update.vectors().get(0);
        if (encoded.encoding() != Float64.ID) {
            return wrongEncoding(encoded, Float64.ID);
        }
        int length = Moments.length(terms.schema());
        if (encoded.bytes().size() != (long) length * Double.BYTES) {
            return wrongShape(encoded, (long) length * Double.BYTES);
        }
        Vector vector = FLOAT64.decode(encoded.bytes(), length, NO_SEED);
        Moments moments = Moments.of(terms.schema(), vector);
        for (int column = 0; column < moments.columns().length() / 3; column++) {
            double count = moments.count(column);
            if (count > update.exampleCount() || count != Math.rint(count)) {
                return rejected(
                        Code.INVALID_EXAMPLE_COUNT,
                        "count of column " + column + " must be a whole number <= " + update.exampleCount() + ", was "
                                + count);
            }
        }
        double labels = 0;
        for (int label = 0; label < moments.labelCounts().length(); label++) {
            labels += moments.labelCounts().get(label);
        }
        if (terms.schema().task() == Task.CLASSIFICATION && labels != update.exampleCount()) {
            return rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    "label counts must add up to exampleCount " + update.exampleCount() + ", were " + labels);
        }
        return new Verdict.Accepted(new Contribution.Statistics(moments));
    }

    private Verdict delta(Update update, Device device, RoundTerms terms) {
        Optional<Verdict> shape = onlyRole(update, Role.DELTA);
        if (shape.isPresent()) {
            return shape.get();
        }
        EncodedVector encoded = update.vectors().get(0);
        Encoding announced = terms.announcement().encoding();
        int expected = announced.id();
        Optional<Codec> codec = codecs.apply(announced);
        if (encoded.encoding() != expected || codec.isEmpty()) {
            return wrongEncoding(encoded, expected);
        }
        ModelSchema schema = terms.schema();
        Vector delta = codec.get()
                .decode(
                        encoded.bytes(),
                        schema.layout().size(),
                        terms.announcement().seed(device.id()));
        if (!delta.isFinite() || !Double.isFinite(update.loss())) {
            return rejected(Code.NOT_FINITE, "delta and loss must be finite");
        }
        if (!(delta.norm() <= limits.maxDeltaNorm())) {
            return rejected(
                    Code.NORM_TOO_LARGE,
                    "the delta's norm must be at most " + limits.maxDeltaNorm() + ", was " + delta.norm());
        }
        if (update.correct() < 0 || update.correct() > update.exampleCount()) {
            return rejected(
                    Code.INVALID_EXAMPLE_COUNT,
                    "correct must be in [0, " + update.exampleCount() + "], was " + update.correct());
        }
        return new Verdict.Accepted(
                new Contribution.Delta(delta, update.exampleCount(), update.correct(), update.loss()));
    }

    static Optional<Verdict> onlyRole(Update update, Role role) {
        if (update.vectors().size() != 1 || update.vectors().get(0).role() != role) {
            return Optional.of(rejected(
                    Code.WRONG_SHAPE,
                    "vectors must be one " + role.name() + ", were "
                            + update.vectors().stream()
                                    .map(vector -> vector.role().name())
                                    .toList()));
        }
        return Optional.empty();
    }

    static Verdict wrongEncoding(EncodedVector vector, int expected) {
        return rejected(
                Code.WRONG_ENCODING,
                "encoding of " + vector.role().name() + " must be " + expected + ", was " + vector.encoding());
    }

    static Verdict wrongShape(EncodedVector vector, long expectedBytes) {
        return rejected(
                Code.WRONG_SHAPE,
                vector.role().name() + " must have " + expectedBytes + " bytes, had "
                        + vector.bytes().size());
    }

    static Verdict rejected(Code code, String detail) {
        return new Verdict.Rejected(code, detail);
    }

    private static Optional<Verdict.Rejected> reject(Code code, String detail) {
        return Optional.of(new Verdict.Rejected(code, detail));
    }
}
