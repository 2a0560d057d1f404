package dev.tributary.codec;

import dev.tributary.model.Vector;

class Float64Test extends CodecContract {
    @Override
    Codec codec() {
        return new Float64();
    }

    @Override
    double errorBound(Vector vector, int index) {
        return 0;
    }

    @Override
    String goldenBytes() {
        return "0000000000000000000000000000f03f000000000000f0bf000000000000e03f"
                + "fca9f1d24d62503f52b81e85eb5104c00000000000005940";
    }
}
