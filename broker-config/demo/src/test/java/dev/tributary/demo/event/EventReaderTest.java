package dev.tributary.demo.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    @Test
    void ready_ofFleetAndCoordinator() {
        assertThat(EventReader.read(
                        "{\"event\":\"ready\",\"devices\":50,\"trainers\":40,\"http\":\"http://127.0.0.1:9\"}"))
                .isEqualTo(new Event.Ready("http://127.0.0.1:9", 50, 40));
        assertThat(EventReader.read("{\"event\":\"ready\",\"http\":\"http://127.0.0.1:8080\"}"))
                .isEqualTo(new Event.Ready("http://127.0.0.1:8080", 0, 0));
    }

    @Test
    void roundClosed_allFields() {
        Event event = EventReader.read("{\"event\":\"roundClosed\",\"federation\":\"f\",\"round\":3,\"attempt\":1,"
                + "\"kind\":\"TRAIN\",\"outcome\":\"COMMITTED\",\"reason\":\"r\",\"contributors\":49,\"selected\":50,"
                + "\"declined\":1,\"rejected\":2,\"loss\":1.25,\"bytesUp\":10,\"bytesUpFloat32\":40,\"seconds\":0.8}");
        assertThat(event)
                .isEqualTo(new Event.RoundClosed(
                        3, "TRAIN", true, "r", 49, 50, 1, 2, OptionalDouble.of(1.25), 10, 40, 0.8));
    }

    @Test
    void evaluated_nullScores_areAbsent() {
        Event event = EventReader.read("{\"event\":\"evaluated\",\"version\":2,\"trainRound\":2,"
                + "\"own\":{\"accuracy\":0.5,\"macroF1\":null},\"new\":null}");
        assertThat(event).isInstanceOfSatisfying(Event.Evaluated.class, evaluated -> {
            assertThat(evaluated.own().orElseThrow().get("accuracy")).hasValue(0.5);
            assertThat(evaluated.own().orElseThrow().get("macroF1")).isEmpty();
            assertThat(evaluated.onNew()).isEmpty();
        });
    }

    @Test
    void otherEvents() {
        assertThat(EventReader.read("{\"event\":\"waiting\",\"online\":12,\"startWhen\":50}"))
                .isEqualTo(new Event.Waiting(12, 50));
        assertThat(EventReader.read("{\"event\":\"deviceFailed\",\"device\":\"d\",\"reason\":\"x\"}"))
                .isEqualTo(new Event.DeviceFailed("d", "x"));
        assertThat(EventReader.read("{\"event\":\"problem\",\"message\":\"m\"}"))
                .isEqualTo(new Event.Problem("m"));
        assertThat(EventReader.read(
                        "{\"event\":\"finished\",\"task\":\"REGRESSION\",\"converged\":false,\"outputs\":[\"y\"],"
                                + "\"trainRounds\":30,\"own\":{\"rmse\":1.5}}"))
                .isInstanceOfSatisfying(Event.Finished.class, finished -> {
                    assertThat(finished.outcome().isClassification()).isFalse();
                    assertThat(finished.outcome().outputs()).containsExactly("y");
                    assertThat(finished.outcome().trainRounds()).isEqualTo(30);
                    assertThat(finished.outcome().baseline()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{", "[1]", "{\"event\":\"brandNew\"}", "{\"event\":\"ready\",\"x\":NaN}"})
    void strayLines_areUnknown(String line) {
        assertThat(EventReader.read(line)).isEqualTo(new Event.Unknown(line));
    }

    @Test
    void wrongTypes_haveHarmlessDefaults() {
        assertThat(EventReader.read("{\"event\":\"waiting\",\"online\":\"many\",\"startWhen\":[]}"))
                .isEqualTo(new Event.Waiting(0, 0));
    }
}
