package dev.tributary.codec;

import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/** Each level in two's complement of {@code bits} bits, in [2, 32], so that sums modulo 2^bits are sums of levels. */
record FixedBits(int bits) implements Coder {
    /** The largest level; the least one is one below its negative. */
    int largestLevel() {
        return (int) ((1L << (bits - 1)) - 1);
    }

    @Override
    public byte[] encode(int[] levels, byte[] hints) {
        BitWriter out = new BitWriter();
        for (int level : levels) {
            out.write(level, bits);
        }
        return out.finish();
    }

    @Override
    public int[] decode(ByteBuffer in, byte[] hints) {
        require(in.remaining(), hints.length);
        BitReader bitReader = new BitReader(in);
        int[] levels = new int[hints.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = centred((int) bitReader.read(bits));
        }
        bitReader.finish();
        return levels;
    }

    /** The representative in [−2^(bits−1), 2^(bits−1)) of a residue modulo 2^bits. */
    int centred(int residue) {
        int unused = Integer.SIZE - bits;
        return residue << unused >> unused;
    }

    /** Refuses a payload that {@code length} levels do not fill, before anything is allocated. */
    void require(int size, int length) {
        long expected = ((long) length * bits + Byte.SIZE - 1) / Byte.SIZE;
        if (size != expected) {
            throw new MalformedMessageException(
                    "payload of " + length + " coordinates must have " + expected + " bytes, had " + size);
        }
    }
}
