package dev.tributary.wire;

import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.ModelDelta;
import dev.tributary.wire.proto.ModelStep;
import java.util.Optional;

/** The word on the newest version, both ways. */
final class ModelDeltaMapper {
    private ModelDeltaMapper() {}

    static dev.tributary.wire.proto.ModelDelta toWire(ModelDelta delta) {
        var wire = dev.tributary.wire.proto.ModelDelta.newBuilder()
                .setProtocolVersion(Limits.PROTOCOL_VERSION)
                .setVersion(delta.version())
                .setFingerprint(UpdateMapper.bytes(delta.fingerprint()))
                .setDigest(UpdateMapper.bytes(delta.digest()));
        delta.step()
                .ifPresent(step -> wire.getStepBuilder()
                        .setBaseVersion(step.baseVersion())
                        .setEncoding(step.encoding().id())
                        .setEncodingStep((float) step.encoding().step())
                        .setBytes(UpdateMapper.bytes(step.bytes())));
        return wire.build();
    }

    static ModelDelta fromWire(dev.tributary.wire.proto.ModelDelta wire) {
        return new ModelDelta(
                wire.getVersion(),
                UpdateMapper.bytes(wire.getFingerprint()),
                UpdateMapper.bytes(wire.getDigest()),
                wire.hasStep() ? Optional.of(step(wire.getStep())) : Optional.empty());
    }

    private static ModelDelta.Step step(ModelStep wire) {
        Encoding encoding = Encoding.of(wire.getEncoding()).withStep(wire.getEncodingStep());
        return new ModelDelta.Step(wire.getBaseVersion(), encoding, UpdateMapper.bytes(wire.getBytes()));
    }
}
