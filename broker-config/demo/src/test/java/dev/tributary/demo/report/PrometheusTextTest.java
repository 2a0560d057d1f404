package dev.tributary.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String PAGE = """
            # HELP tributary_publish_bytes_total Bytes
            # TYPE tributary_publish_bytes_total counter
            tributary_publish_bytes_total{application="fleet",direction="sent",kind="train"} 1.5E7
            tributary_publish_bytes_total{direction="sent",kind="evaluate"} 300.0
            tributary_publish_bytes_total{direction="sent",kind="decline",} 40 1395066363000
            tributary_publish_bytes_total{direction="received",kind="model"} 7000
            tributary_publish_float32_bytes_total 6.0E7
            jvm_gc_pause{note="a \\"b\\", c=\\"d\\""} NaN
            odd{note="a \\"}\\" \\\\ b"} 2
            not a sample
            """;

    private final PrometheusText text = PrometheusText.parse(PAGE);

    @Test
    void parse_labelsValuesAndStrayLines() {
        assertThat(text.samples()).hasSize(6);
        assertThat(text.samples().get(5).labels()).containsEntry("note", "a \"}\" \\ b");
    }

    @Test
    void fleetTraffic_sumsByDirectionAndKind() {
        assertThat(FleetTraffic.of(text)).isEqualTo(new FleetTraffic(15_000_000, 60_000_000, 340, 7_000));
    }

    @Test
    void brokerTraffic_sumsByRoleAndDirection() {
        PrometheusText broker = PrometheusText.parse("""
                tributary_broker_publish_bytes_total{role="device",direction="received",kind="update"} 100
                tributary_broker_publish_bytes_total{role="device",direction="received",kind="presence"} 20
                tributary_broker_publish_bytes_total{role="device",direction="sent",kind="model"} 3
                tributary_broker_publish_bytes_total{role="coordinator",direction="sent",kind="update"} 100
                """);
        assertThat(BrokerTraffic.of(broker)).isEqualTo(new BrokerTraffic(120, 3, 0, 100));
    }
}
