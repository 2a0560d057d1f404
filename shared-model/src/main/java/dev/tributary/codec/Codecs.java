package dev.tributary.codec;

import java.util.List;
import java.util.Optional;

/** All encodings that this version knows. */
public final class Codecs {
    private static final List<Codec> ALL = List.of(new Float32(), new Int8(), new Float64(), new Counts());

    private Codecs() {}

    /** The encoding with this number on the wire. */
    public static Optional<Codec> byId(int id) {
        return ALL.stream().filter(codec -> codec.id() == id).findFirst();
    }

    /** The encoding with this name in a plan. */
    public static Optional<Codec> byName(String name) {
        return ALL.stream().filter(codec -> codec.name().equals(name)).findFirst();
    }

    /** The names of all encodings, in the order of their numbers. */
    public static List<String> names() {
        return ALL.stream().map(Codec::name).toList();
    }
}
