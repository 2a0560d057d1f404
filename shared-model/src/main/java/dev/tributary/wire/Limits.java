package dev.tributary.wire;

/** The largest things that a message may hold; a bigger one is malformed. */
final class Limits {
    static final int PROTOCOL_VERSION = 1;
    static final int MESSAGE_BYTES = 16 * 1024 * 1024;
    static final int FEATURES = 100_000;
    static final int OUTPUTS = 10_000;
    static final long WEIGHTS = 4_000_000;
    static final int VECTORS = 8;
    static final int MEMBERSHIPS = 64;
    static final int NAME_CHARACTERS = 256;
    static final int NONCE_BYTES = 64;
    static final int EXPECTED_SHARDS = 4096;

    private Limits() {}
}
