package dev.tributary.codec;

import dev.tributary.protocol.MalformedMessageException;
import java.nio.ByteBuffer;

/**
 * Rice's code (Rice 1979) of the levels as 2|q| − [q &gt; 0]: a byte with the parameter m, then for each level the quotient by
 * 2^m in ones, a zero, and m bits of remainder; a quotient of 24 or more is 24 ones and the level in 32 bits. The encoder
 * takes the m that needs the fewest bits.
 */
record Rice() implements Coder {
    private static final int LARGEST_PARAMETER = 24;
    private static final int ESCAPE = 24;
    private static final int LARGEST_LEVEL = 1 << 28;

    @Override
    public byte[] encode(int[] levels, byte[] hints) {
        int parameter = bestParameter(levels);
        BitWriter out = new BitWriter();
        out.write(parameter, Byte.SIZE);
        for (int level : levels) {
            int folded = fold(level);
            int quotient = folded >>> parameter;
            if (quotient >= ESCAPE) {
                out.write(-1, ESCAPE);
                out.write(folded, Integer.SIZE);
            } else {
                out.write((1L << quotient) - 1, quotient + 1);
                out.write(folded, parameter);
            }
        }
        return out.finish();
    }

    private static int fold(int level) {
        return level > 0 ? 2 * level - 1 : -2 * level;
    }

    private static int bestParameter(int[] levels) {
        int best = 0;
        long fewest = Long.MAX_VALUE;
        for (int parameter = 0; parameter <= LARGEST_PARAMETER; parameter++) {
            long bits = 0;
            for (int level : levels) {
                int quotient = fold(level) >>> parameter;
                bits += quotient >= ESCAPE ? ESCAPE + Integer.SIZE : quotient + 1 + parameter;
            }
            if (bits < fewest) {
                fewest = bits;
                best = parameter;
            }
        }
        return best;
    }

    @Override
    public int[] decode(ByteBuffer in, byte[] hints) {
        BitReader bits = new BitReader(in);
        int parameter = (int) bits.read(Byte.SIZE);
        if (parameter > LARGEST_PARAMETER) {
            throw new MalformedMessageException(
                    "parameter must be at most " + LARGEST_PARAMETER + ", was " + parameter);
        }
        int[] levels = new int[hints.length];
        for (int i = 0; i < levels.length; i++) {
            int quotient = 0;
            while (quotient < ESCAPE && bits.read(1) == 1) {
                quotient++;
            }
            long folded =
                    quotient == ESCAPE ? bits.read(Integer.SIZE) : (long) quotient << parameter | bits.read(parameter);
            levels[i] = unfold(i, folded);
        }
        bits.finish();
        return levels;
    }

    private static int unfold(int index, long folded) {
        long magnitude = (folded + 1) >>> 1;
        if (magnitude > LARGEST_LEVEL) {
            throw new MalformedMessageException(
                    "level of coordinate " + index + " must be at most " + LARGEST_LEVEL + ", was " + magnitude);
        }
        return (int) ((folded & 1) == 1 ? magnitude : -magnitude);
    }
}
