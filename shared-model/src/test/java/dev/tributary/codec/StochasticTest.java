package dev.tributary.codec;

import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;

class StochasticTest extends UniformContract {
    @Override
    Encoding encoding() {
        return Codecs.STOCHASTIC;
    }

    @Override
    double errorBound(Vector vector, int index) {
        return step(vector);
    }

    @Override
    boolean keepsEquality() {
        return false;
    }

    @Override
    String goldenBytes() {
        return "174200c001";
    }

    @Override
    String protocolVector() {
        return "4f3f00b32c6baf9d65";
    }
}
