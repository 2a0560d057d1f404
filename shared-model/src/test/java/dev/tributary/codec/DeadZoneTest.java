package dev.tributary.codec;

import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;

class DeadZoneTest extends UniformContract {
    @Override
    Encoding encoding() {
        return Codecs.DEAD_ZONE;
    }

    @Override
    double errorBound(Vector vector, int index) {
        return step(vector) + Math.abs(vector.get(index)) * 0.5;
    }

    @Override
    String goldenBytes() {
        return "c8428c";
    }

    @Override
    String protocolVector() {
        return "a03f3f2710";
    }
}
