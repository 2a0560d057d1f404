package dev.tributary.codec;

import java.nio.ByteBuffer;

/** An adaptive binary range coder over the decisions of {@link LevelModel}: near the entropy of the levels, or below it. */
record RangeCoder() implements Coder {
    @Override
    public byte[] encode(int[] levels, byte[] hints) {
        BinaryEncoder out = new BinaryEncoder(levels.length / 4 + 16);
        LevelModel model = new LevelModel(out);
        for (int i = 0; i < levels.length; i++) {
            model.code(levels[i], hints[i]);
        }
        return out.finish();
    }

    @Override
    public int[] decode(ByteBuffer in, byte[] hints) {
        BinaryDecoder bits = new BinaryDecoder(in);
        LevelModel model = new LevelModel(bits);
        int[] levels = new int[hints.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = model.code(0, hints[i]);
        }
        bits.finish();
        return levels;
    }
}
