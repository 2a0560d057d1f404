package dev.tributary.codec;

import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;

class DitherTest extends UniformContract {
    @Override
    Encoding encoding() {
        return Codecs.DITHER;
    }

    @Override
    double errorBound(Vector vector, int index) {
        return step(vector) / 2;
    }

    @Override
    boolean keepsEquality() {
        return false;
    }

    @Override
    String goldenBytes() {
        return "17429780";
    }

    @Override
    String protocolVector() {
        return "4f3f3abbbb82301de0";
    }
}
