package dev.tributary.codec;

import java.nio.ByteBuffer;

/** Integer levels to bytes and back, without loss. */
sealed interface Coder permits FixedBits, Rice, RangeCoder {
    /**
     * The bytes of these levels.
     *
     * @param hints one for each level: 0, or ±1, ±2 when both sides expect the level to be nearer to 0, or of that sign
     */
    byte[] encode(int[] levels, byte[] hints);

    /**
     * As many levels as there are hints, from all that is left of {@code in}.
     *
     * @throws dev.tributary.protocol.MalformedMessageException when there are none or something is left over
     */
    int[] decode(ByteBuffer in, byte[] hints);
}
