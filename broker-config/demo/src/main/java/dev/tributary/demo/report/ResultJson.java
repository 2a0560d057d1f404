package dev.tributary.demo.report;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.event.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The result as one JSON object on one line. */
public final class ResultJson {
    private ResultJson() {}

    /**
     * The object; what could not be measured is null.
     *
     * @param trainLosses of each training round
     */
    public static String of(
            Outcome outcome,
            boolean simulated,
            List<Double> trainLosses,
            List<String> rejectedDevices,
            LeftOut leftOut,
            Optional<FleetTraffic> fleet,
            Optional<BrokerTraffic> broker) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("federation", outcome.federation());
        json.put("task", outcome.task());
        json.put("simulated", simulated);
        json.put("devices", outcome.devices());
        json.put("features", outcome.features());
        json.put("outputs", outcome.outputs());
        json.put("rounds", outcome.trainRounds());
        json.put("modelVersion", outcome.modelVersion());
        json.put("converged", outcome.converged());
        json.put("reason", outcome.reason());
        json.put("trainLoss", trainLosses);
        json.put("own", scores(outcome.own()));
        json.put("new", scores(outcome.onNew()));
        json.put("personal", scores(outcome.personal()));
        json.put("localOnly", scores(outcome.localOnly()));
        json.put("baseline", scores(outcome.baseline()));
        json.put("bytesUp", fleet.map(FleetTraffic::up).orElse(null));
        json.put("bytesUpFloat32", fleet.map(FleetTraffic::upFloat32).orElse(null));
        json.put("bytesUpOther", fleet.map(FleetTraffic::upOther).orElse(null));
        json.put("bytesDown", fleet.map(FleetTraffic::down).orElse(null));
        json.put("brokerPublishBytes", broker.map(ResultJson::traffic).orElse(null));
        json.put("seconds", outcome.seconds());
        json.put("rejectedDevices", rejectedDevices);
        json.put("updates", leftOut.toTree());
        json.put("weightsSha256", outcome.weightsSha256());
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Object scores(Optional<Scores> scores) {
        return scores.map(Scores::values).orElse(null);
    }

    private static Map<String, Object> traffic(BrokerTraffic broker) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("fromDevices", broker.fromDevices());
        json.put("toDevices", broker.toDevices());
        json.put("fromCoordinator", broker.fromCoordinator());
        json.put("toCoordinator", broker.toCoordinator());
        return json;
    }
}
