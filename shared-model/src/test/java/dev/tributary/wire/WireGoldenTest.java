package dev.tributary.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.Encoding;
import dev.tributary.protocol.FederationSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 are kept: a change of any field's number, type or meaning shows here. */
class WireGoldenTest {
    @Test
    void encode_examples_givesTheKeptBytes() throws IOException {
        TreeMap<String, String> now = new TreeMap<>();
        now.put("spec", hex(WireMapper.encode(WireExamples.spec())));
        now.put("model", hex(WireMapper.encode(WireExamples.model())));
        now.put("modelDelta", hex(WireMapper.encode(WireExamples.delta())));
        now.put("modelDeltaWithoutStep", hex(WireMapper.encode(WireExamples.notice())));
        now.put("specWithModelEncoding", hex(WireMapper.encode(specWithModelEncoding())));
        now.put("specWithBudget", hex(WireMapper.encode(WireExamples.budgeted())));
        now.put("metrics", hex(WireMapper.encode(WireExamples.metrics())));
        now.put("round", hex(WireMapper.encode(WireExamples.round())));
        now.put("roundWithParameters", hex(WireMapper.encode(WireExamples.ditheredRound())));
        now.put("update", hex(WireMapper.encode(WireExamples.update())));
        now.put("receipt", hex(WireMapper.encode(WireExamples.receipt())));
        now.put("receiptStale", hex(WireMapper.encode(WireExamples.staleReceipt())));
        now.put("presence", hex(WireMapper.encode(WireExamples.presence())));
        now.put("sleeping", hex(WireMapper.encode(WireExamples.sleeping())));
        now.put("prediction", hex(WireMapper.encode(WireExamples.prediction())));
        now.put(
                "fingerprint",
                HexFormat.of().formatHex(WireExamples.schema().fingerprint().toBytes()));
        Properties kept = new Properties();
        try (InputStream in = WireGoldenTest.class.getResourceAsStream("golden-v1.properties")) {
            kept.load(in);
        }
        assertThat(now).isEqualTo(new TreeMap<>(kept));
    }

    @Test
    void decode_keptBytes_givesTheExamples() throws IOException {
        Properties kept = new Properties();
        try (InputStream in = WireGoldenTest.class.getResourceAsStream("golden-v1.properties")) {
            kept.load(in);
        }
        assertThat(WireMapper.decodeDeviceMessage(bytes(kept, "update"))).isEqualTo(WireExamples.update());
        assertThat(WireMapper.decodeSpec(WireExamples.FEDERATION, bytes(kept, "spec")))
                .isEqualTo(WireExamples.spec());
        assertThat(WireMapper.decodeModelDelta(bytes(kept, "modelDelta"))).isEqualTo(WireExamples.delta());
        assertThat(WireMapper.decodeModelDelta(bytes(kept, "modelDeltaWithoutStep")))
                .isEqualTo(WireExamples.notice());
        assertThat(WireMapper.decodeSpec(WireExamples.FEDERATION, bytes(kept, "specWithModelEncoding")))
                .isEqualTo(specWithModelEncoding());
        assertThat(WireMapper.decodeSpec(WireExamples.FEDERATION, bytes(kept, "specWithBudget")))
                .isEqualTo(WireExamples.budgeted());
        assertThat(WireMapper.decodeMetrics(WireExamples.metrics().device(), bytes(kept, "metrics")))
                .isEqualTo(WireExamples.metrics());
        assertThat(WireMapper.decodePresence(WireExamples.sleeping().device(), bytes(kept, "sleeping")))
                .isEqualTo(WireExamples.sleeping());
    }

    private static FederationSpec specWithModelEncoding() {
        return WireExamples.spec().withModelEncoding(Encoding.of(6).withStep(0.5));
    }

    private static Bytes bytes(Properties kept, String name) {
        return Bytes.of(HexFormat.of().parseHex(kept.getProperty(name)));
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
