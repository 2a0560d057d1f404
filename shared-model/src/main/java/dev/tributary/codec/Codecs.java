package dev.tributary.codec;

import dev.tributary.protocol.Encoding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All encodings that this version knows. */
public final class Codecs {
    /** {@code dither}: unbiased, its error is step²/12 of the vector's square whatever the vector; no state. */
    public static final Encoding DITHER = Encoding.of(Uniform.DITHER_ID).withStep(1);
    /** {@code deadzone-ef}: the fewest bits; what it leaves out waits in the device's residual (error feedback). */
    public static final Encoding DEAD_ZONE =
            Encoding.of(Uniform.DEAD_ZONE_ID).withStep(2).withDeadZone(0.38);
    /** {@code ring}: residues that add up; its step must be known to all, and none fits all models. */
    public static final Encoding RING = Encoding.of(Ring.ID).withStep(0.01).withBits(16);
    /** {@code stochastic}: unbiased, decoded without a seed and without arithmetic coding. */
    public static final Encoding STOCHASTIC = Encoding.of(Uniform.STOCHASTIC_ID).withStep(1);

    private static final double LEAST_STEP = 0x1.0p-4;
    private static final double LARGEST_STEP = 16;
    private static final int LEAST_BITS = 2;
    private static final List<Encoding> ALL = List.of(
            Encoding.of(Float32.ID),
            Encoding.of(Int8.ID),
            Encoding.of(Float64.ID),
            Encoding.of(Counts.ID),
            Encoding.of(Float16.ID),
            DITHER,
            DEAD_ZONE,
            RING,
            STOCHASTIC);

    private Codecs() {}

    /** The codec that is meant; empty when this version has none of the kind, or not with these parameters. */
    public static Optional<Codec> of(Encoding encoding) {
        boolean isStep = encoding.step() >= LEAST_STEP && encoding.step() <= LARGEST_STEP;
        return switch (encoding.id()) {
            case Float32.ID -> Optional.of(new Float32());
            case Int8.ID -> Optional.of(new Int8());
            case Float64.ID -> Optional.of(new Float64());
            case Counts.ID -> Optional.of(new Counts());
            case Float16.ID -> Optional.of(new Float16());
            case Uniform.DITHER_ID -> onlyIf(isStep, () -> Uniform.dither(encoding.step()));
            case Uniform.DEAD_ZONE_ID -> onlyIf(isStep, () -> Uniform.deadZone(encoding.step(), encoding.deadZone()));
            case Ring.ID ->
                onlyIf(
                        encoding.step() > 0 && encoding.bits() >= LEAST_BITS,
                        () -> new Ring(encoding.step(), encoding.bits()));
            case Uniform.STOCHASTIC_ID -> onlyIf(isStep, () -> Uniform.stochastic(encoding.step()));
            default -> Optional.empty();
        };
    }

    private static Optional<Codec> onlyIf(boolean holds, Supplier<Codec> codec) {
        return holds ? Optional.of(codec.get()) : Optional.empty();
    }

    /** The encoding with this number on the wire, with the parameters that a plan begins with. */
    public static Optional<Codec> byId(int id) {
        return ALL.stream().filter(one -> one.id() == id).findFirst().flatMap(Codecs::of);
    }

    /** The encoding with this name in a plan, with the parameters that a plan begins with. */
    public static Optional<Codec> byName(String name) {
        return encoding(name).flatMap(Codecs::of);
    }

    /** What a plan means by this name until it says more. */
    public static Optional<Encoding> encoding(String name) {
        return ALL.stream()
                .filter(one -> of(one).orElseThrow().name().equals(name))
                .findFirst();
    }

    /** The names of all encodings, in the order of their numbers. */
    public static List<String> names() {
        return ALL.stream().map(one -> of(one).orElseThrow().name()).toList();
    }

    /** The names of the encodings that a plan may choose for deltas. */
    public static List<String> deltaNames() {
        return names().stream()
                .filter(name -> !name.equals(Float64.NAME) && !name.equals(Counts.NAME))
                .toList();
    }

    /** Whether a device is to keep what this encoding left out and to add it to its next delta. */
    public static boolean wantsErrorFeedback(Encoding encoding) {
        return encoding.id() == DEAD_ZONE.id();
    }
}
