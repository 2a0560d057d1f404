package dev.tributary.broker.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KindTest {
    @ParameterizedTest
    @CsvSource({
        "tributary/v1/f/spec, SPEC",
        "tributary/v1/f/model, MODEL",
        "tributary/v1/f/model/delta, DELTA",
        "tributary/v1/f/round, ROUND",
        "tributary/v1/f/update/3/d, UPDATE",
        "tributary/v1/f/receipt/d, RECEIPT",
        "tributary/v1/f/prediction/d, PREDICTION",
        "tributary/v1/presence/d, PRESENCE",
        "tributary/v1/presence/spec, PRESENCE",
        "tributary/v1/metrics/d, METRICS",
        "tributary/v1/probe/d, PROBE",
        "tributary/v1/f/update/d, OTHER",
        "tributary/v1/f/model/x, OTHER",
        "tributary/v2/f/spec, OTHER",
        "weather, OTHER",
    })
    void of_topic_isItsRowOfTheTable(String topic, Kind kind) {
        assertThat(Kind.of(topic)).isEqualTo(kind);
    }
}
