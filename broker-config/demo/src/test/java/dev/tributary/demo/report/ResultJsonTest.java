package dev.tributary.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.event.Scores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    private static final Outcome OUTCOME = new Outcome(
            "demo",
            "CLASSIFICATION",
            false,
            "all 3 rounds",
            3,
            3,
            50,
            52,
            List.of("A", "B"),
            Optional.of(new Scores(Map.of("accuracy", 0.7))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1.5,
            "abc");

    @Test
    void of_everything_onOneLine() {
        assertThat(ResultJson.of(
                        OUTCOME,
                        true,
                        List.of(0.7, 0.5),
                        List.of("bad"),
                        leftOut(),
                        Optional.of(new FleetTraffic(1, 4, 2, 3)),
                        Optional.of(new BrokerTraffic(3, 3, 5, 6))))
                .isEqualTo("{\"federation\":\"demo\",\"task\":\"CLASSIFICATION\",\"simulated\":true,\"devices\":50,"
                        + "\"features\":52,\"outputs\":[\"A\",\"B\"],\"rounds\":3,\"modelVersion\":3,"
                        + "\"converged\":false,\"reason\":\"all 3 rounds\",\"trainLoss\":[0.7,0.5],\"own\":{\"accuracy\":0.7},\"new\":null,"
                        + "\"personal\":null,\"localOnly\":null,\"baseline\":null,\"bytesUp\":1,\"bytesUpFloat32\":4,\"bytesUpOther\":2,"
                        + "\"bytesDown\":3,\"brokerPublishBytes\":{\"fromDevices\":3,\"toDevices\":3,"
                        + "\"fromCoordinator\":5,\"toCoordinator\":6},\"seconds\":1.5,\"rejectedDevices\":[\"bad\"],"
                        + "\"updates\":{\"byzantineDevices\":2,\"contributed\":5,\"leftOutHonest\":1,"
                        + "\"leftOutByzantine\":2},"
                        + "\"weightsSha256\":\"abc\"}");
    }

    @Test
    void of_unmeasured_isNull() {
        assertThat(ResultJson.of(OUTCOME, false, List.of(), List.of(), leftOut(), Optional.empty(), Optional.empty()))
                .contains("\"bytesUp\":null", "\"brokerPublishBytes\":null");
    }

    private static LeftOut leftOut() {
        LeftOut leftOut = new LeftOut(Set.of("evil", "worse"));
        leftOut.closed(closed("STATISTICS", true));
        leftOut.closed(closed("TRAIN", false));
        leftOut.closed(closed("TRAIN", true));
        leftOut.add(new Event.UpdatesLeftOut(2, List.of("evil", "good", "worse")));
        return leftOut;
    }

    private static Event.RoundClosed closed(String kind, boolean committed) {
        return new Event.RoundClosed(2, kind, committed, "", 5, 5, 0, 0, OptionalDouble.empty(), 0, 0, 0);
    }

    @Test
    void leftOut_isSaidInASentence() {
        assertThat(leftOut().line())
                .contains("Of 5 updates the aggregation left out 3: 2 of the 2 hostile devices, 1 of all others.");
        assertThat(new LeftOut(Set.of()).line()).isEmpty();
        LeftOut unknown = new LeftOut(Set.of());
        unknown.closed(closed("TRAIN", true));
        unknown.add(new Event.UpdatesLeftOut(2, List.of("good")));
        assertThat(unknown.line()).contains("Of 5 updates the aggregation left out 1.");
    }
}
